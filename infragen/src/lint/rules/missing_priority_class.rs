use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;

declare_rule! {
    /// Flags workloads that do not say how important they are.
    ///
    /// ## Why is this bad?
    /// When nodes run short, the scheduler cannot tell what people wait for from what may wait itself.
    ///
    /// ## Fields
    /// `priorityClassName` of Deployments, StatefulSets, DaemonSets, Jobs and CronJobs.
    ///
    /// ## Allowed values
    /// The name of a PriorityClass.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: "example/web:1.2.0"}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {priorityClassName: critical, containers: [{name: web, image: "example/web:1.2.0"}]}}}
    /// ```
    MISSING_PRIORITY_CLASS = {
        id: "missing-priority-class",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-07"],
        look: Workload(&["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"], missing_priority_class),
    }
}

fn missing_priority_class(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    if workload.pod(&["priorityClassName"]).is_none() {
        findings
            .report(workload.pod_path(&["priorityClassName"]), "nothing says how important the Pods are")
            .help("set `priorityClassName`");
    }
}
