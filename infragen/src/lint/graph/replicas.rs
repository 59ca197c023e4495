//! How many Pods a workload has, at least and at most.

use super::Graph;
use crate::lint::view::{Object, Workload};

/// How many Pods a workload has when nothing is rolling out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replicas {
    /// At least, when nothing is asked of it.
    pub least: u64,
    /// At most, when everything is.
    pub most: u64,
}

impl Replicas {
    const fn fixed(count: u64) -> Self {
        Self { least: count, most: count }
    }
}

impl<'a> Graph<'a> {
    /// The autoscaler that sets this workload's replicas.
    #[must_use]
    pub fn autoscaler(&self, workload: &Workload<'_>) -> Option<&Object<'a>> {
        self.of_kind("HorizontalPodAutoscaler").find(|autoscaler| {
            let target = |name| autoscaler.node.text_at(&["spec", "scaleTargetRef", name]);
            autoscaler.shares_namespace(workload.namespace)
                && target("kind") == Some(workload.kind)
                && target("name") == Some(workload.name)
        })
    }

    /// How many Pods the workload has; unknown for one Pod a node, when nobody says how many nodes there are.
    #[must_use]
    pub fn replicas(&self, workload: &Workload<'_>) -> Option<Replicas> {
        let count = |object: &Object<'_>, path: &[&str], default: u64| {
            object.at(path).map_or(Some(default), |node| node.as_i64()?.try_into().ok())
        };
        match workload.kind {
            "Pod" => Some(Replicas::fixed(1)),
            "DaemonSet" => Some(Replicas::fixed(workload.facts.capacity.as_ref()?.nodes.into())),
            "Job" => count(workload, &["spec", "parallelism"], 1).map(Replicas::fixed),
            "CronJob" => {
                count(workload, &["spec", "jobTemplate", "spec", "parallelism"], 1).map(Replicas::fixed)
            }
            "PodTemplate" => None,
            _ => match self.autoscaler(workload) {
                Some(autoscaler) => Some(Replicas {
                    least: count(autoscaler, &["spec", "minReplicas"], 1)?,
                    most: count(autoscaler, &["spec", "maxReplicas"], 1)?,
                }),
                None => count(workload, &["spec", "replicas"], 1).map(Replicas::fixed),
            },
        }
    }
}
