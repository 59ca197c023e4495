//! The Namespace, whose labels make the API server refuse Pods that are not hardened.

use k8s_openapi::api::core::v1::Namespace;

use super::context::Context;
use super::objects::{Marks, Objects, order};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    let environment = context.environment;
    let level = environment.pod_security.value.as_str();
    let mut labels = context.labels();
    let mut marks = Marks::default();
    for mode in ["enforce", "audit", "warn"] {
        let key = format!("pod-security.kubernetes.io/{mode}");
        marks.add(format!("metadata.labels[\"{key}\"]"), &environment.pod_security.origin);
        labels.insert(key, level.to_owned());
    }
    if let Some(version) = &environment.cluster.kubernetes {
        // The level of this version: an upgrade of the cluster must not refuse Pods that ran before it.
        for mode in ["enforce", "audit", "warn"] {
            let key = format!("pod-security.kubernetes.io/{mode}-version");
            marks.add(format!("metadata.labels[\"{key}\"]"), &version.origin);
            labels.insert(key, format!("v{}", version.value));
        }
    }
    if let Some(origin) = super::service::wants_readiness_gates(context) {
        let key = "elbv2.k8s.aws/pod-readiness-gate-inject";
        marks.add(format!("metadata.labels[\"{key}\"]"), &origin);
        labels.insert(key.to_owned(), "enabled".to_owned());
    }
    for label in environment.labels.iter().chain(&environment.namespace_labels) {
        marks.add(format!("metadata.labels[\"{}\"]", label.value.0), &label.origin);
        labels.insert(label.value.0.to_string(), label.value.1.to_string());
    }
    marks.add("metadata.name", &environment.namespace.origin);
    let namespace = Namespace {
        metadata: context.cluster_metadata(environment.namespace.value.as_str(), labels),
        ..Namespace::default()
    };
    objects.push(order::NAMESPACE, &namespace, &environment.origin, marks);
}
