//! What runs on and serves nobody: workers in any number, and singletons, never two at once.

use super::Workload;
use crate::origin::Chosen;
use crate::spec::autoscaling::{Autoscaling, Replicas};
use crate::spec::quantity::{DnsLabel, Input};
use crate::spec::rollout::{Rollout, Share};

/// A workload without a Service, in any number of replicas.
pub type Worker = Workload<Background>;

/// A workload of which there are never two at once.
pub type Singleton = Workload<Alone>;

/// What only a worker says.
#[derive(Clone, Debug)]
pub struct Background {
    pub(crate) replicas: Chosen<Replicas>,
    pub(crate) rollout: Chosen<Rollout>,
    pub(crate) disruption: Chosen<Share>,
}

/// A singleton says nothing more than what it is.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Worker {
    /// A worker of this name, in one replica.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>) -> Self {
        Self::of(
            name,
            "worker",
            Background {
                replicas: Chosen::default(Replicas::Fixed(1), "one, since what it works on waits"),
                rollout: Chosen::default(Rollout::default(), "one more at a time and never one less"),
                disruption: Chosen::default(Share::Pods(1), "one at a time, so that a node can be drained"),
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
}

impl Singleton {
    /// A singleton of this name: a StatefulSet of one, whose controller never starts the second before the first is gone.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>) -> Self {
        Self::of(name, "singleton", Alone)
    }
}
