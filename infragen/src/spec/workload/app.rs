//! An app: it serves HTTP, in several replicas, behind a Service.

use super::Workload;
use crate::origin::Chosen;
use crate::spec::autoscaling::{Autoscaling, Replicas};
use crate::spec::exposure::Exposure;
use crate::spec::network::{Callee, Dependency};
use crate::spec::quantity::{DnsLabel, Input, Port};
use crate::spec::rollout::{Rollout, Share};
use crate::spec::variables::Text;

/// A workload that serves HTTP.
pub type App = Workload<Serving>;

/// What only an app says.
#[derive(Clone, Debug)]
pub struct Serving {
    pub(crate) replicas: Chosen<Replicas>,
    pub(crate) rollout: Chosen<Rollout>,
    pub(crate) disruption: Chosen<Share>,
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
            Serving {
                replicas: Chosen::default(Replicas::Fixed(2), "two, so that one may be lost"),
                rollout: Chosen::default(
                    Rollout::default(),
                    "one more at a time and never one less, so that a rollout takes no capacity",
                ),
                disruption: Chosen::default(
                    Share::Pods(1),
                    "one at a time, so that a node can be drained and the rest serve",
                ),
                exposures: Vec::new(),
            },
        )
    }

    /// Always so many replicas.
    #[must_use]
    #[track_caller]
    pub fn replicas(mut self, replicas: u32) -> Self {
        self.kind.replicas = Chosen::here(Replicas::Fixed(replicas));
        self
    }

    /// As many replicas as the load asks for.
    #[must_use]
    #[track_caller]
    pub fn autoscale(mut self, autoscaling: Autoscaling) -> Self {
        autoscaling.check(&mut self.base.problems);
        self.kind.replicas = Chosen::here(Replicas::Autoscaled(autoscaling));
        self
    }

    /// How a new version takes the place of the old.
    #[must_use]
    #[track_caller]
    pub fn rollout(mut self, rollout: Rollout) -> Self {
        rollout.check(&mut self.base.problems);
        self.kind.rollout = Chosen::here(rollout);
        self
    }

    /// How many Pods a drain may take at a time.
    #[must_use]
    #[track_caller]
    pub fn disruption(mut self, at_most: impl Into<Share>) -> Self {
        self.kind.disruption = Chosen::here(at_most.into());
        self
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
