//! An app: it serves HTTP, in several replicas, behind a Service.

use super::Workload;
use super::scaled::{Scaled, scaled_setters};
use crate::origin::Chosen;
use crate::spec::exposure::Exposure;
use crate::spec::network::{Callee, Dependency};
use crate::spec::quantity::{DnsLabel, Input, Port};
use crate::spec::variables::Text;

/// A workload that serves HTTP.
pub type App = Workload<Serving>;

/// What only an app says.
#[derive(Clone, Debug)]
pub struct Serving {
    pub(crate) scaled: Scaled,
    pub(crate) exposures: Vec<Chosen<Exposure>>,
}

/// An app that an environment holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppHandle {
    pub(crate) name: DnsLabel,
    pub(crate) port: Port,
}

impl App {
    /// An app of this name: two replicas, never fewer during a rollout, one Service.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>) -> Self {
        Self::of(
            name,
            "app",
            Serving { scaled: Scaled::new(2, "two, so that one may be lost"), exposures: Vec::new() },
        )
    }

    /// How it is reached from outside the namespace.
    #[must_use]
    #[track_caller]
    pub fn expose(mut self, exposure: impl Into<Exposure>) -> Self {
        self.kind.exposures.push(Chosen::here(exposure.into()));
        self
    }

    pub(crate) fn handle(&self) -> AppHandle {
        let port = self.base.ports.first().map_or(crate::port!(80), |port| port.value.port);
        AppHandle { name: self.base.name.clone(), port }
    }
}

scaled_setters!(App);

impl AppHandle {
    /// The app's Service, as a host name inside the namespace.
    #[must_use]
    pub fn host(&self) -> Text {
        self.text(self.name.to_string())
    }

    /// The app's URL inside the namespace, such as `http://backend:8000`.
    #[must_use]
    pub fn url(&self) -> Text {
        self.text(format!("http://{}:{}", self.name, self.port.number()))
    }

    fn text(&self, text: String) -> Text {
        Text { text, needs: self.dependencies().pop(), budget: None }
    }
}

impl Callee for AppHandle {
    fn dependencies(&self) -> Vec<Dependency> {
        vec![Dependency::Workload { name: self.name.clone(), port: self.port }]
    }
}
