//! What apps and workers share: how many there are, how they are replaced, and how many a drain may take.

use crate::origin::Chosen;
use crate::spec::autoscaling::Replicas;
use crate::spec::rollout::{Rollout, Share};

/// How many Pods there are, and how they come and go.
#[derive(Clone, Debug)]
pub(crate) struct Scaled {
    pub(crate) replicas: Chosen<Replicas>,
    pub(crate) rollout: Chosen<Rollout>,
    pub(crate) disruption: Chosen<Share>,
}

impl Scaled {
    /// A fixed number of replicas, and the reason for it.
    pub(super) fn new(replicas: u32, reason: &'static str) -> Self {
        Self {
            replicas: Chosen::default(Replicas::Fixed(replicas), reason),
            rollout: Chosen::default(
                Rollout::default(),
                "one more at a time and never one less, so that a rollout takes no capacity",
            ),
            disruption: Chosen::default(
                Share::Pods(1),
                "one at a time, so that a node can be drained and the rest serve",
            ),
        }
    }
}

/// Setters of whatever has replicas.
macro_rules! scaled_setters {
    ($workload:ty) => {
        impl $workload {
            /// Always so many replicas.
            #[must_use]
            #[track_caller]
            pub fn replicas(mut self, replicas: u32) -> Self {
                self.kind.scaled.replicas =
                    $crate::origin::Chosen::here($crate::spec::Replicas::Fixed(replicas));
                self
            }

            /// As many replicas as the load asks for.
            #[must_use]
            #[track_caller]
            pub fn autoscale(mut self, autoscaling: $crate::spec::Autoscaling) -> Self {
                autoscaling.check(&mut self.base.problems);
                let replicas = $crate::spec::Replicas::Autoscaled(autoscaling);
                self.kind.scaled.replicas = $crate::origin::Chosen::here(replicas);
                self
            }

            /// How a new version takes the place of the old.
            #[must_use]
            #[track_caller]
            pub fn rollout(mut self, rollout: $crate::spec::Rollout) -> Self {
                rollout.check(&mut self.base.problems);
                self.kind.scaled.rollout = $crate::origin::Chosen::here(rollout);
                self
            }

            /// How many Pods a drain may take at a time.
            #[must_use]
            #[track_caller]
            pub fn disruption(mut self, at_most: impl Into<$crate::spec::Share>) -> Self {
                self.kind.scaled.disruption = $crate::origin::Chosen::here(at_most.into());
                self
            }
        }
    };
}

pub(super) use scaled_setters;
