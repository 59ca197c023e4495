use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pod templates with a restart policy that their kind does not take.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: a Job must end, and what a Deployment runs must not.
    ///
    /// ## Fields
    /// `restartPolicy` in the templates of Jobs, CronJobs, Deployments, StatefulSets, DaemonSets, ReplicaSets and
    /// ReplicationControllers.
    ///
    /// ## Allowed values
    /// `OnFailure` or `Never` for Jobs and CronJobs, which must say which; `Always`, or nothing, for the others.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: 'example/web:1.2.0'}]}}}
    /// ```
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: web, image: 'example/web:1.2.0'}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: web}
    /// spec: {template: {spec: {restartPolicy: Never, containers: [{name: web, image: 'example/web:1.2.0'}]}}}
    /// ```
    RESTART_POLICY_OF_OTHER_KIND = {
        id: "restart-policy-of-other-kind",
        category: Admission,
        severity: Error,
        covers: ["AVL-08", "CRN-02"],
        look: Workload(
            &["Job", "CronJob", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"],
            restart_policy_of_other_kind,
        ),
    }
}

fn restart_policy_of_other_kind(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let policy = workload.pod(&["restartPolicy"]).and_then(Node::as_str).filter(|policy| !policy.is_empty());
    let ends = matches!(workload.kind, "Job" | "CronJob");
    let (is_right, help) = if ends {
        (!matches!(policy, None | Some("Always")), "set `restartPolicy: Never`, or `OnFailure`")
    } else {
        (matches!(policy, None | Some("Always")), "remove `restartPolicy`")
    };
    if !is_right && workload.pod(&[]).is_some() {
        findings
            .report(
                workload.pod_path(&["restartPolicy"]),
                format!("the Pods of a {} cannot restart `{}`", workload.kind, policy.unwrap_or("Always")),
            )
            .help(help);
    }
}
