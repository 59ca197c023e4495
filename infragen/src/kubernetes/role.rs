//! Role and RoleBinding: what a workload may do in its own namespace.

use k8s_openapi::api::rbac::v1::{PolicyRule, Role, RoleBinding, RoleRef, Subject};

use super::context::Context;
use super::objects::{Marks, Objects, order};
use crate::origin::Chosen;
use crate::spec::{Access, Verb};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let base = workload.base();
        let access = &base.account.value.access;
        if access.is_empty() {
            continue;
        }
        let name = base.name.as_str();
        let metadata = context.metadata(name, context.workload_labels(base));
        let role = Role { metadata: metadata.clone(), rules: Some(rules(access)) };
        objects.push(order::ROLE, &role, &base.account.origin, marks(access));
        let binding = RoleBinding {
            metadata,
            role_ref: role_ref("Role", name),
            subjects: Some(vec![subject(context, name)]),
        };
        objects.push(order::ROLE_BINDING, &binding, &base.account.origin, Marks::default());
    }
}

pub(super) fn rules(access: &[Chosen<Access>]) -> Vec<PolicyRule> {
    access
        .iter()
        .map(|access| PolicyRule {
            api_groups: Some(vec![access.value.group.clone()]),
            resources: Some(access.value.resources.clone()),
            resource_names: Some(access.value.names.clone()).filter(|names| !names.is_empty()),
            verbs: access.value.verbs.iter().copied().map(Verb::as_str).map(str::to_owned).collect(),
            non_resource_urls: None,
        })
        .collect()
}

pub(super) fn marks(access: &[Chosen<Access>]) -> Marks {
    let mut marks = Marks::default();
    for (index, access) in access.iter().enumerate() {
        marks.add(format!("rules[{index}]"), &access.origin);
    }
    marks
}

pub(super) fn role_ref(kind: &str, name: &str) -> RoleRef {
    RoleRef {
        api_group: "rbac.authorization.k8s.io".to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
    }
}

pub(super) fn subject(context: &Context<'_>, account: &str) -> Subject {
    Subject {
        kind: "ServiceAccount".to_owned(),
        name: account.to_owned(),
        namespace: Some(context.environment.namespace.value.to_string()),
        api_group: None,
    }
}
