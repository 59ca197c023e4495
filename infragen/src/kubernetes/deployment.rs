//! Deployment: apps and workers.

use k8s_openapi::api::apps::v1::{Deployment, DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::context::Context;
use super::objects::{Marks, Objects, order};
use super::pod::{self, Restart};
use crate::spec::{Base, Replicas, Rollout, Scaled, Share};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        if let Some(scaled) = workload.scaled() {
            deployment(context, objects, workload.base(), scaled);
        }
    }
}

fn deployment(
    context: &Context<'_>,
    objects: &mut Objects,
    base: &Base,
    Scaled { replicas, rollout, .. }: &Scaled,
) {
    let mut marks = Marks::default();
    let (mut template, template_marks) = pod::template(context, base, Restart::Always);
    if let Some(spec) = &mut template.spec
        && replicas.value.most() > 1
    {
        spec.topology_spread_constraints = pod::spread(context, base);
    }
    marks.add("spec.replicas", &replicas.origin);
    for field in ["strategy", "minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit"] {
        marks.add(format!("spec.{field}"), &rollout.origin);
    }
    marks.add_part("spec.template", template_marks);
    let deployment = Deployment {
        metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
        spec: Some(DeploymentSpec {
            // With an autoscaler the number is its own: written here, each apply would set it back.
            replicas: match &replicas.value {
                Replicas::Fixed(replicas) => Some(number(*replicas)),
                Replicas::Autoscaled(_) => None,
            },
            selector: context.selector(base.name.as_str()),
            strategy: Some(strategy(&rollout.value)),
            min_ready_seconds: Some(number(rollout.value.min_ready)),
            progress_deadline_seconds: Some(number(rollout.value.deadline)),
            revision_history_limit: Some(number(rollout.value.history)),
            template,
            ..DeploymentSpec::default()
        }),
        status: None,
    };
    objects.push(order::DEPLOYMENT, &deployment, &base.origin, marks);
}

fn strategy(rollout: &Rollout) -> DeploymentStrategy {
    DeploymentStrategy {
        type_: Some("RollingUpdate".to_owned()),
        rolling_update: Some(RollingUpdateDeployment {
            max_surge: Some(share(&rollout.surge)),
            max_unavailable: Some(share(&rollout.unavailable)),
        }),
    }
}

/// A share as the API spells it: a number, or a percentage as text.
pub(super) fn share(share: &Share) -> IntOrString {
    match share {
        Share::Pods(pods) => IntOrString::Int(number(*pods)),
        Share::Percent(percent) => IntOrString::String(format!("{}%", percent.value())),
    }
}

/// A count as the API's `int32`.
pub(super) fn number(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
