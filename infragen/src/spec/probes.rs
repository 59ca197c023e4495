//! How Kubernetes asks a container whether it has started, lives, and may be called.

use super::quantity::{PortName, Seconds, UrlPath};
use crate::origin::{Chosen, Origin};

/// The three probes of a container.
#[derive(Clone, Debug, Default)]
pub struct Probes {
    pub(crate) start: Option<Chosen<Probe>>,
    pub(crate) live: Option<Chosen<Probe>>,
    pub(crate) ready: Option<Chosen<Probe>>,
}

/// One probe: what is asked, and how often.
#[derive(Clone, Debug)]
pub struct Probe {
    pub(crate) question: Question,
    pub(crate) initial_delay: u32,
    pub(crate) period: u32,
    pub(crate) timeout: u32,
    pub(crate) failures: u32,
}

/// What a probe asks.
#[derive(Clone, Debug)]
pub(crate) enum Question {
    Http { path: UrlPath, port: Option<PortName> },
    Tcp { port: Option<PortName> },
    Grpc { port: Option<PortName> },
    Exec { command: Vec<String> },
}

impl Probes {
    /// No probe yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Until this one answers, the other two wait: for what starts slowly.
    #[must_use]
    #[track_caller]
    pub fn start(mut self, probe: Probe) -> Self {
        self.start = Some(Chosen { value: probe, origin: Origin::here() });
        self
    }

    /// When this one fails, the container is started anew. It must not ask the database.
    #[must_use]
    #[track_caller]
    pub fn live(mut self, probe: Probe) -> Self {
        self.live = Some(Chosen { value: probe, origin: Origin::here() });
        self
    }

    /// While this one fails, no Service sends anything.
    #[must_use]
    #[track_caller]
    pub fn ready(mut self, probe: Probe) -> Self {
        self.ready = Some(Chosen { value: probe, origin: Origin::here() });
        self
    }
}

impl Probe {
    const fn asking(question: Question) -> Self {
        Self { question, initial_delay: 0, period: 10, timeout: 2, failures: 3 }
    }

    /// GET a path on the container's first port; 200 to 399 is good.
    #[must_use]
    pub const fn http(path: UrlPath) -> Self {
        Self::asking(Question::Http { path, port: None })
    }

    /// Open a connection to the container's first port.
    #[must_use]
    pub const fn tcp() -> Self {
        Self::asking(Question::Tcp { port: None })
    }

    /// Ask gRPC's health service on the container's first port.
    #[must_use]
    pub const fn grpc() -> Self {
        Self::asking(Question::Grpc { port: None })
    }

    /// Run a program in the container; 0 is good. An image without a shell has only its own program.
    #[must_use]
    pub fn exec<S: Into<String>>(command: impl IntoIterator<Item = S>) -> Self {
        Self::asking(Question::Exec { command: command.into_iter().map(Into::into).collect() })
    }

    /// Another port than the first.
    #[must_use]
    pub fn on(mut self, name: PortName) -> Self {
        match &mut self.question {
            Question::Http { port, .. } | Question::Tcp { port } | Question::Grpc { port } => {
                *port = Some(name)
            }
            Question::Exec { .. } => {}
        }
        self
    }

    /// Waits this long after the container's start before the first question. Default: 0 s.
    #[must_use]
    pub fn after(mut self, delay: Seconds) -> Self {
        self.initial_delay = delay.number();
        self
    }

    /// Asks this often. Default: 10 s.
    #[must_use]
    pub fn every(mut self, period: Seconds) -> Self {
        self.period = period.number();
        self
    }

    /// Waits this long for an answer. Default: 2 s.
    #[must_use]
    pub fn timeout(mut self, timeout: Seconds) -> Self {
        self.timeout = timeout.number();
        self
    }

    /// Fails after this many bad answers in a row. Default: 3.
    #[must_use]
    pub const fn failures(mut self, failures: u32) -> Self {
        self.failures = failures;
        self
    }
}
