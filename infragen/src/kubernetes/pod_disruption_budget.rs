//! PodDisruptionBudget: how many Pods a drain may take at a time, where there is more than one.

use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};

use super::context::Context;
use super::deployment::share;
use super::objects::{Marks, Objects, order};
use crate::spec::Scaled;

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let Some(Scaled { replicas, disruption, .. }) = workload.scaled() else { continue };
        // With one replica a budget would say nothing, or block every drain.
        if replicas.value.least() < 2 {
            continue;
        }
        let base = workload.base();
        let mut marks = Marks::default();
        marks.add("spec.maxUnavailable", &disruption.origin);
        let budget = PodDisruptionBudget {
            metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
            spec: Some(PodDisruptionBudgetSpec {
                max_unavailable: Some(share(&disruption.value)),
                selector: Some(context.selector(base.name.as_str())),
                unhealthy_pod_eviction_policy: Some("AlwaysAllow".to_owned()),
                ..PodDisruptionBudgetSpec::default()
            }),
            status: None,
        };
        objects.push(order::POD_DISRUPTION_BUDGET, &budget, &base.origin, marks);
    }
}
