//! The Pod that every workload's object holds a template of: hardened, spread, drained, probed.

mod container;
mod probe;
mod volumes;

use k8s_openapi::api::core::v1::{
    PodSecurityContext, PodSpec, PodTemplateSpec, SeccompProfile, TopologySpreadConstraint,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::config_map::config_hash;
use super::context::{Context, Texts};
use super::objects::Marks;
use crate::origin::Origin;
use crate::spec::{Base, Spread};

/// When a Pod's containers are started again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Restart {
    /// Always: what runs on.
    Always,
    /// Not by the kubelet: the Job's controller makes a new Pod, so that each try's log is kept.
    Never,
}

/// A workload's Pod template, and where its values came from, by paths inside of it.
pub(super) fn template(context: &Context<'_>, base: &Base, restart: Restart) -> (PodTemplateSpec, Marks) {
    let mut marks = Marks::default();
    let (container, container_marks) = container::render(context, base, restart);
    marks.add_part("spec.containers[0]", container_marks);
    let (volumes, volume_marks) = volumes::volumes(base);
    marks.add_part("spec", volume_marks);
    marks.add("spec.securityContext.runAsUser", &base.user.origin);
    marks.add("spec.terminationGracePeriodSeconds", &base.drain.origin);
    marks.add("spec.topologySpreadConstraints", &base.spread.origin);
    marks.add("spec.automountServiceAccountToken", &base.account.origin);
    if let Some(priority) = &base.priority {
        marks.add("spec.priorityClassName", &priority.origin);
    }
    let user = i64::from(base.user.value);
    let spec = PodSpec {
        containers: vec![container],
        volumes: (!volumes.is_empty()).then_some(volumes),
        service_account_name: Some(base.name.to_string()),
        automount_service_account_token: Some(base.account.value.needs_token()),
        enable_service_links: Some(false),
        restart_policy: Some(match restart {
            Restart::Always => "Always".to_owned(),
            Restart::Never => "Never".to_owned(),
        }),
        termination_grace_period_seconds: Some(base.drain.value.grace_seconds().into()),
        priority_class_name: base.priority.as_ref().map(|priority| priority.value.name.to_string()),
        security_context: Some(PodSecurityContext {
            run_as_non_root: Some(true),
            run_as_user: Some(user),
            run_as_group: Some(user),
            fs_group: Some(user),
            fs_group_change_policy: Some("OnRootMismatch".to_owned()),
            seccomp_profile: Some(SeccompProfile {
                type_: "RuntimeDefault".to_owned(),
                localhost_profile: None,
            }),
            ..PodSecurityContext::default()
        }),
        topology_spread_constraints: None,
        ..PodSpec::default()
    };
    let metadata = ObjectMeta {
        labels: Some(context.workload_labels(base)),
        annotations: annotations(base, &mut marks),
        ..ObjectMeta::default()
    };
    (PodTemplateSpec { metadata: Some(metadata), spec: Some(spec) }, marks)
}

fn annotations(base: &Base, marks: &mut Marks) -> Option<Texts> {
    let mut annotations = Texts::new();
    if let Some(hash) = config_hash(base) {
        marks.add(
            "metadata.annotations[\"infragen.dev/config-hash\"]",
            &Origin::Default("a hash of its ConfigMaps, so that a change of them rolls the Pods"),
        );
        annotations.insert("infragen.dev/config-hash".to_owned(), hash);
    }
    for annotation in &base.annotations {
        marks.add(format!("metadata.annotations[\"{}\"]", annotation.value.0), &annotation.origin);
        annotations.insert(annotation.value.0.to_string(), annotation.value.1.clone());
    }
    (!annotations.is_empty()).then_some(annotations)
}

/// Spreads the Pods of a workload of several replicas. A rollout's old Pods do not count.
pub(super) fn spread(context: &Context<'_>, base: &Base) -> Option<Vec<TopologySpreadConstraint>> {
    let over = |key: &str, required: bool| TopologySpreadConstraint {
        max_skew: 1,
        topology_key: key.to_owned(),
        when_unsatisfiable: if required { "DoNotSchedule" } else { "ScheduleAnyway" }.to_owned(),
        label_selector: Some(context.selector(base.name.as_str())),
        match_label_keys: Some(vec!["pod-template-hash".to_owned()]),
        ..TopologySpreadConstraint::default()
    };
    let zone = "topology.kubernetes.io/zone";
    let node = "kubernetes.io/hostname";
    match base.spread.value {
        Spread::Preferred => Some(vec![over(zone, false), over(node, false)]),
        Spread::ZonesRequired => Some(vec![over(zone, true), over(node, false)]),
        Spread::NodesRequired => Some(vec![over(zone, false), over(node, true)]),
        Spread::Anywhere => None,
    }
}
