//! ClusterRole and ClusterRoleBinding: what a workload may do in every namespace.

use k8s_openapi::api::rbac::v1::{ClusterRole, ClusterRoleBinding};

use super::context::Context;
use super::objects::{Marks, Objects, order};
use super::role::{marks, role_ref, rules, subject};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let base = workload.base();
        let access = &base.account.value.cluster_access;
        if access.is_empty() {
            continue;
        }
        let name = context.cluster_name(base.name.as_str());
        let metadata = context.cluster_metadata(&name, context.workload_labels(base));
        let role =
            ClusterRole { metadata: metadata.clone(), rules: Some(rules(access)), aggregation_rule: None };
        objects.push(order::CLUSTER_ROLE, &role, &base.account.origin, marks(access));
        let binding = ClusterRoleBinding {
            metadata,
            role_ref: role_ref("ClusterRole", &name),
            subjects: Some(vec![subject(context, base.name.as_str())]),
        };
        objects.push(order::CLUSTER_ROLE_BINDING, &binding, &base.account.origin, Marks::default());
    }
}
