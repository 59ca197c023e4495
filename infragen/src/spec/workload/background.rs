//! What runs on and serves nobody: workers in any number, and singletons, never two at once.

use super::Workload;
use super::scaled::{Scaled, scaled_setters};
use crate::spec::quantity::{DnsLabel, Input};

/// A workload without a Service, in any number of replicas.
pub type Worker = Workload<Background>;

/// A workload of which there are never two at once.
pub type Singleton = Workload<Alone>;

/// What only a worker says.
#[derive(Clone, Debug)]
pub struct Background {
    pub(crate) scaled: Scaled,
}

/// A singleton says nothing more than what it is.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl Worker {
    /// A worker of this name, in one replica.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>) -> Self {
        let scaled = Scaled::new(1, "one, since what it works on waits");
        Self::of(name, "worker", Background { scaled })
    }
}

scaled_setters!(Worker);

impl Singleton {
    /// A singleton of this name: a StatefulSet of one, whose controller never starts the second before the first is gone.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>) -> Self {
        Self::of(name, "singleton", Alone)
    }
}
