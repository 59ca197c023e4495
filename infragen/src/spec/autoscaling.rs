//! How many replicas there are, and who decides it.

use std::ops::RangeInclusive;

use super::quantity::{DnsLabel, Percent, Seconds};

/// How many replicas a workload has.
#[derive(Clone, Debug)]
pub enum Replicas {
    /// Always so many.
    Fixed(u32),
    /// As many as the load asks for.
    Autoscaled(Autoscaling),
}

impl Replicas {
    /// The least.
    #[must_use]
    pub const fn least(&self) -> u32 {
        match self {
            Self::Fixed(replicas) => *replicas,
            Self::Autoscaled(autoscaling) => *autoscaling.bounds.start(),
        }
    }

    /// The most.
    #[must_use]
    pub const fn most(&self) -> u32 {
        match self {
            Self::Fixed(replicas) => *replicas,
            Self::Autoscaled(autoscaling) => *autoscaling.bounds.end(),
        }
    }
}

/// A horizontal autoscaler: bounds, targets, and how fast it acts both ways.
#[derive(Clone, Debug)]
pub struct Autoscaling {
    pub(crate) bounds: RangeInclusive<u32>,
    pub(crate) targets: Vec<Target>,
    pub(crate) up: Behavior,
    pub(crate) down: Behavior,
}

/// What an autoscaler keeps at its target.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// CPU time of all containers, as a share of their requests.
    Cpu(Percent),
    /// Memory of all containers, as a share of their requests.
    Memory(Percent),
    /// CPU time of one container.
    ContainerCpu(DnsLabel, Percent),
    /// Memory of one container.
    ContainerMemory(DnsLabel, Percent),
    /// A metric of each Pod, averaged.
    Pods(String, String),
    /// A metric of something outside, averaged over the Pods.
    External(String, String),
}

/// How fast an autoscaler acts in one direction.
#[derive(Clone, Debug)]
pub struct Behavior {
    pub(crate) window: u32,
    pub(crate) pods: Option<(u32, u32)>,
    pub(crate) percent: Option<(u32, u32)>,
}

impl Behavior {
    /// Looks back over this time and takes the most cautious wish in it. 0 to 3600 s.
    #[must_use]
    pub fn looking_back(window: Seconds) -> Self {
        Self { window: window.number(), pods: None, percent: None }
    }

    /// Changes by at most so many Pods in this time (1 to 1800 s).
    #[must_use]
    pub fn pods(mut self, pods: u32, every: Seconds) -> Self {
        self.pods = Some((pods, every.number()));
        self
    }

    /// Changes by at most this share of the replicas in this time (1 to 1800 s). Over 100 is more than double.
    #[must_use]
    pub fn percent(mut self, percent: u32, every: Seconds) -> Self {
        self.percent = Some((percent, every.number()));
        self
    }
}

impl Autoscaling {
    /// Between so many replicas and so many. Without a target it keeps CPU at 70 %.
    ///
    /// Up at once, by 4 Pods or double every 15 s; down after 5 minutes, by a quarter a minute.
    #[must_use]
    pub fn between(bounds: RangeInclusive<u32>) -> Self {
        Self {
            bounds,
            targets: Vec::new(),
            up: Behavior { window: 0, pods: Some((4, 15)), percent: Some((100, 15)) },
            down: Behavior { window: 300, pods: None, percent: Some((25, 60)) },
        }
    }

    /// Keeps CPU time at this share of what is requested.
    #[must_use]
    pub fn cpu(mut self, percent: Percent) -> Self {
        self.targets.push(Target::Cpu(percent));
        self
    }

    /// Keeps memory at this share of what is requested. Memory that is never given back never scales down.
    #[must_use]
    pub fn memory(mut self, percent: Percent) -> Self {
        self.targets.push(Target::Memory(percent));
        self
    }

    /// As [`Autoscaling::cpu`], of one container alone, so that a sidecar does not count.
    #[must_use]
    pub fn container_cpu(mut self, container: DnsLabel, percent: Percent) -> Self {
        self.targets.push(Target::ContainerCpu(container, percent));
        self
    }

    /// As [`Autoscaling::memory`], of one container alone.
    #[must_use]
    pub fn container_memory(mut self, container: DnsLabel, percent: Percent) -> Self {
        self.targets.push(Target::ContainerMemory(container, percent));
        self
    }

    /// Keeps a metric of the Pods (by a metrics adapter) at this average, a quantity such as `100` or `500m`.
    #[must_use]
    pub fn pods_metric(mut self, metric: impl Into<String>, average: impl Into<String>) -> Self {
        self.targets.push(Target::Pods(metric.into(), average.into()));
        self
    }

    /// Keeps a metric from outside the cluster, such as a queue's length, at this average a Pod.
    #[must_use]
    pub fn external_metric(mut self, metric: impl Into<String>, average: impl Into<String>) -> Self {
        self.targets.push(Target::External(metric.into(), average.into()));
        self
    }

    /// How it acts when more is wanted.
    #[must_use]
    pub const fn up(mut self, behavior: Behavior) -> Self {
        self.up = behavior;
        self
    }

    /// How it acts when less is enough.
    #[must_use]
    pub const fn down(mut self, behavior: Behavior) -> Self {
        self.down = behavior;
        self
    }
}

impl Autoscaling {
    /// Notes what no autoscaler takes: empty bounds, none at all, a window or a period out of its range.
    #[track_caller]
    pub(crate) fn check(&self, problems: &mut super::problem::Problems) {
        if self.bounds.is_empty() || *self.bounds.start() == 0 {
            problems.note(
                "autoscale",
                format!("the bounds {}..={} are none", self.bounds.start(), self.bounds.end()),
                "write the least, at least 1, first and the most last, such as `2..=10`".to_owned(),
            );
        }
        for behavior in [&self.up, &self.down] {
            if behavior.window > 3600 {
                problems.note(
                    "autoscale",
                    format!("a window of {} s is over the API server's 3600", behavior.window),
                    "look back over an hour at most".to_owned(),
                );
            }
            for (amount, period) in behavior.pods.iter().chain(&behavior.percent) {
                if *amount == 0 || *period == 0 || *period > 1800 {
                    problems.note(
                        "autoscale",
                        format!("{amount} every {period} s is no policy"),
                        "give an amount of at least 1 and a period of 1 to 1800 s".to_owned(),
                    );
                }
            }
        }
    }
}
