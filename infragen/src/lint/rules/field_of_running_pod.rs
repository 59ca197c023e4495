use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Value;

declare_rule! {
    /// Flags fields of a Pod that its template cannot have.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: Pods of a Deployment live as long as it does, and ephemeral containers are added to Pods
    /// that run.
    ///
    /// ## Fields
    /// `activeDeadlineSeconds` and `ephemeralContainers` of Pod templates; `resources.claims` of Pods as a whole.
    ///
    /// ## Allowed values
    /// None; for `activeDeadlineSeconds`, any in the Pods of Jobs.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {activeDeadlineSeconds: 60, containers: [{name: web, image: 'example/web:1.2.0'}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: load}
    /// spec: {template: {spec: {activeDeadlineSeconds: 60, containers: [{name: load, image: 'example/load:1.2.0'}]}}}
    /// ```
    FIELD_OF_RUNNING_POD = {
        id: "field-of-running-pod",
        category: Admission,
        severity: Error,
        look: Workload(&["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob", "PodTemplate", "Pod"], field_of_running_pod),
    }
}

fn field_of_running_pod(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let ends = matches!(workload.kind, "Job" | "CronJob" | "Pod" | "PodTemplate");
    let is_set = |name: &str| {
        workload.pod(&[name]).is_some_and(|node| match &node.value {
            Value::Null => false,
            Value::Sequence(items) => !items.is_empty(),
            _ => true,
        })
    };
    for (name, is_wrong) in [("activeDeadlineSeconds", !ends), ("ephemeralContainers", true)] {
        if is_wrong && is_set(name) {
            findings
                .report(
                    workload.pod_path(&[name]),
                    format!("a {} has no `{name}` in its Pods", workload.kind),
                )
                .help(format!("remove `{name}`"));
        }
    }
}
