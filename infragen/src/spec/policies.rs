//! What holds for a whole namespace: Pod Security, quota, limit range, priorities.

use super::quantity::{Cpu, DnsLabel, Memory, Percent};
use crate::origin::Chosen;

/// A level of the Pod Security Standards, enforced by the namespace's labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PodSecurity {
    /// Nothing is refused.
    Privileged,
    /// Known ways to more rights are refused.
    Baseline,
    /// Only hardened Pods are taken.
    Restricted,
}

impl PodSecurity {
    /// As the label `pod-security.kubernetes.io/enforce` spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

/// How much a namespace may ask for.
#[derive(Clone, Debug)]
pub enum Quota {
    /// What all workloads ask for at the autoscaler's maximum in the middle of a rollout, and this much more.
    Derived {
        /// Room beyond that.
        headroom: Percent,
    },
    /// Given outright.
    Given {
        /// The sum of CPU requests.
        cpu: Cpu,
        /// The sum of memory requests, and of memory limits.
        memory: Memory,
        /// The most Pods.
        pods: u32,
    },
}

/// What one container in a namespace may ask for, and gets when it asks for nothing.
#[derive(Clone, Debug)]
pub enum LimitRange {
    /// From the smallest to the largest container of the environment; the defaults are the smallest's.
    Derived,
    /// Given outright.
    Given {
        /// The request that a container gets when it has none.
        default_request: (Cpu, Memory),
        /// The memory limit that a container gets when it has none.
        default_memory_limit: Memory,
        /// The most that a container may have as its limit.
        max: (Cpu, Memory),
    },
}

/// How important Pods are when there is not room for all.
#[derive(Clone, Debug)]
pub struct Priority {
    pub(crate) name: Chosen<DnsLabel>,
    pub(crate) value: i32,
    pub(crate) description: String,
    pub(crate) preempts: bool,
}

/// A [`Priority`] that an environment holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriorityHandle {
    pub(crate) name: DnsLabel,
}
