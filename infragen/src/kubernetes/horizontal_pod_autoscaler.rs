//! HorizontalPodAutoscaler: how many Pods there are follows the load, as fast as its behaviour allows.

use k8s_openapi::api::autoscaling::v2::{
    ContainerResourceMetricSource, CrossVersionObjectReference, ExternalMetricSource, HPAScalingPolicy,
    HPAScalingRules, HorizontalPodAutoscaler, HorizontalPodAutoscalerBehavior, HorizontalPodAutoscalerSpec,
    MetricIdentifier, MetricSpec, MetricTarget, PodsMetricSource, ResourceMetricSource,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::context::Context;
use super::deployment::number;
use super::objects::{Marks, Objects, order};
use crate::spec::quantity::Percent;
use crate::spec::{Autoscaling, Behavior, Replicas, Scaled, Target};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let Some(Scaled { replicas, .. }) = workload.scaled() else { continue };
        let Replicas::Autoscaled(autoscaling) = &replicas.value else { continue };
        let base = workload.base();
        let autoscaler = HorizontalPodAutoscaler {
            metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
            spec: Some(HorizontalPodAutoscalerSpec {
                scale_target_ref: CrossVersionObjectReference {
                    api_version: Some("apps/v1".to_owned()),
                    kind: "Deployment".to_owned(),
                    name: base.name.to_string(),
                },
                min_replicas: Some(number(*autoscaling.bounds.start())),
                max_replicas: number(*autoscaling.bounds.end()),
                metrics: Some(metrics(autoscaling)),
                behavior: Some(HorizontalPodAutoscalerBehavior {
                    scale_up: Some(rules(&autoscaling.up, "Max")),
                    scale_down: Some(rules(&autoscaling.down, "Min")),
                }),
            }),
            status: None,
        };
        objects.push(order::HORIZONTAL_POD_AUTOSCALER, &autoscaler, &replicas.origin, Marks::default());
    }
}

fn metrics(autoscaling: &Autoscaling) -> Vec<MetricSpec> {
    if autoscaling.targets.is_empty() {
        return vec![resource("cpu", crate::percent!(70))];
    }
    autoscaling
        .targets
        .iter()
        .map(|target| match target {
            Target::Cpu(percent) => resource("cpu", *percent),
            Target::Memory(percent) => resource("memory", *percent),
            Target::ContainerCpu(container, percent) => {
                container_resource("cpu", container.as_str(), *percent)
            }
            Target::ContainerMemory(container, percent) => {
                container_resource("memory", container.as_str(), *percent)
            }
            Target::Pods(metric, average) => MetricSpec {
                type_: "Pods".to_owned(),
                pods: Some(PodsMetricSource { metric: identifier(metric), target: of_average(average) }),
                ..MetricSpec::default()
            },
            Target::External(metric, average) => MetricSpec {
                type_: "External".to_owned(),
                external: Some(ExternalMetricSource {
                    metric: identifier(metric),
                    target: of_average(average),
                }),
                ..MetricSpec::default()
            },
        })
        .collect()
}

fn resource(name: &str, percent: Percent) -> MetricSpec {
    MetricSpec {
        type_: "Resource".to_owned(),
        resource: Some(ResourceMetricSource { name: name.to_owned(), target: of_requests(percent) }),
        ..MetricSpec::default()
    }
}

fn container_resource(name: &str, container: &str, percent: Percent) -> MetricSpec {
    MetricSpec {
        type_: "ContainerResource".to_owned(),
        container_resource: Some(ContainerResourceMetricSource {
            name: name.to_owned(),
            container: container.to_owned(),
            target: of_requests(percent),
        }),
        ..MetricSpec::default()
    }
}

fn of_requests(percent: Percent) -> MetricTarget {
    MetricTarget {
        type_: "Utilization".to_owned(),
        average_utilization: Some(percent.value().into()),
        ..MetricTarget::default()
    }
}

fn of_average(average: &str) -> MetricTarget {
    MetricTarget {
        type_: "AverageValue".to_owned(),
        average_value: Some(Quantity(average.to_owned())),
        ..MetricTarget::default()
    }
}

fn identifier(metric: &str) -> MetricIdentifier {
    MetricIdentifier { name: metric.to_owned(), selector: None }
}

fn rules(behavior: &Behavior, select: &str) -> HPAScalingRules {
    let policy = |type_: &str, (value, period): (u32, u32)| HPAScalingPolicy {
        type_: type_.to_owned(),
        value: number(value),
        period_seconds: number(period),
    };
    let policies: Vec<HPAScalingPolicy> = [
        behavior.pods.map(|pods| policy("Pods", pods)),
        behavior.percent.map(|percent| policy("Percent", percent)),
    ]
    .into_iter()
    .flatten()
    .collect();
    HPAScalingRules {
        stabilization_window_seconds: Some(number(behavior.window)),
        select_policy: Some(select.to_owned()),
        policies: (!policies.is_empty()).then_some(policies),
        ..HPAScalingRules::default()
    }
}
