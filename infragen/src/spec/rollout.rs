//! How a new version takes the place of the old, how a Pod says goodbye, and where Pods stand.

use super::quantity::{Percent, Seconds};

/// A number of Pods, or a share of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// So many Pods.
    Pods(u32),
    /// This share of the replicas; a surge rounds up, an unavailability down.
    Percent(Percent),
}

impl From<u32> for Share {
    fn from(pods: u32) -> Self {
        Self::Pods(pods)
    }
}

impl From<Percent> for Share {
    fn from(percent: Percent) -> Self {
        Self::Percent(percent)
    }
}

impl Share {
    /// As a number of Pods, when there are this many replicas, rounded up.
    #[must_use]
    pub fn of(&self, replicas: u32) -> u32 {
        match self {
            Self::Pods(pods) => *pods,
            Self::Percent(percent) => (replicas * u32::from(percent.value())).div_ceil(100),
        }
    }
}

/// How a new version takes the place of the old.
#[derive(Clone, Debug)]
pub struct Rollout {
    pub(crate) surge: Share,
    pub(crate) unavailable: Share,
    pub(crate) min_ready: u32,
    pub(crate) deadline: u32,
    pub(crate) history: u32,
}

impl Default for Rollout {
    /// One more Pod at a time, and never one less.
    fn default() -> Self {
        Self { surge: Share::Pods(1), unavailable: Share::Pods(0), min_ready: 5, deadline: 300, history: 5 }
    }
}

impl Rollout {
    /// One more Pod at a time, never one less; 5 s ready before it counts; given up after 5 minutes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// So many Pods more than wanted may run during a rollout.
    #[must_use]
    pub fn surge(mut self, surge: impl Into<Share>) -> Self {
        self.surge = surge.into();
        self
    }

    /// So many Pods fewer than wanted may serve during a rollout.
    #[must_use]
    pub fn unavailable(mut self, unavailable: impl Into<Share>) -> Self {
        self.unavailable = unavailable.into();
        self
    }

    /// A Pod must be ready this long before it counts.
    #[must_use]
    pub fn min_ready(mut self, time: Seconds) -> Self {
        self.min_ready = time.number();
        self
    }

    /// A rollout that makes no progress for this long has failed.
    #[must_use]
    pub fn deadline(mut self, time: Seconds) -> Self {
        self.deadline = time.number();
        self
    }

    /// How many old versions can be gone back to.
    #[must_use]
    pub const fn history(mut self, versions: u32) -> Self {
        self.history = versions;
        self
    }
}

/// How a Pod says goodbye.
#[derive(Clone, Debug)]
pub struct Drain {
    pub(crate) sleep: u32,
    pub(crate) finish: u32,
    pub(crate) grace: Option<u32>,
}

impl Default for Drain {
    fn default() -> Self {
        Self { sleep: 5, finish: 20, grace: None }
    }
}

impl Drain {
    /// Margin between the end of a drain and the kill, in seconds.
    const MARGIN: u32 = 5;

    /// Sleeps 5 s before SIGTERM, then has 20 s to finish.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Kubernetes' own sleep before SIGTERM: the time that load balancers need to forget the Pod.
    /// About 30 to 60 s behind an ALB, 120 s behind an NLB with IP targets.
    #[must_use]
    pub fn sleep(mut self, time: Seconds) -> Self {
        self.sleep = time.number();
        self
    }

    /// The time that the program takes after SIGTERM to answer what it has begun.
    #[must_use]
    pub fn finish(mut self, time: Seconds) -> Self {
        self.finish = time.number();
        self
    }

    /// The whole time until the kill, where it is not sleep, finish and 5 s.
    #[must_use]
    pub fn grace(mut self, time: Seconds) -> Self {
        self.grace = Some(time.number());
        self
    }

    /// The pre-stop sleep, in seconds.
    #[must_use]
    pub const fn sleep_seconds(&self) -> u32 {
        self.sleep
    }

    /// `terminationGracePeriodSeconds`.
    #[must_use]
    pub fn grace_seconds(&self) -> u32 {
        self.grace.unwrap_or(self.sleep + self.finish + Self::MARGIN)
    }
}

/// Where the Pods of a workload stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    /// Evenly over zones and nodes where that is possible.
    #[default]
    Preferred,
    /// Evenly over zones, or not at all: a Pod that would break it waits.
    ZonesRequired,
    /// One to a node, or not at all.
    NodesRequired,
    /// Anywhere.
    Anywhere,
}

impl Rollout {
    /// Notes what no controller can do: replace Pods when there may be neither more nor fewer.
    #[track_caller]
    pub(crate) fn check(&self, problems: &mut super::problem::Problems) {
        if self.surge == Share::Pods(0) && self.unavailable == Share::Pods(0) {
            problems.note(
                "rollout",
                "neither one Pod more nor one fewer may run, so that no Pod can be replaced".to_owned(),
                "allow a surge of 1".to_owned(),
            );
        }
        if self.deadline <= self.min_ready {
            problems.note(
                "rollout",
                format!(
                    "a deadline of {} s ends before a Pod counts as ready, after {} s",
                    self.deadline, self.min_ready
                ),
                "give a deadline longer than min_ready".to_owned(),
            );
        }
    }
}
