use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags workloads without the labels that Kubernetes recommends.
    ///
    /// ## Why is this bad?
    /// Tools show by them what belongs together, and people find whose it is. They are a convention: therefore the rule
    /// is optional.
    ///
    /// ## Fields
    /// `metadata.labels` of Deployments, StatefulSets, DaemonSets, Jobs and CronJobs.
    ///
    /// ## Allowed values
    /// `app.kubernetes.io/name` and `app.kubernetes.io/instance`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, labels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, labels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: web-prod}}
    /// ```
    MISSING_RECOMMENDED_LABEL = {
        id: "missing-recommended-label",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["MET-04"],
        look: Object(&["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"], missing_recommended_label),
    }
}

fn missing_recommended_label(object: &Object<'_>, findings: &mut Findings<'_>) {
    for label in ["app.kubernetes.io/name", "app.kubernetes.io/instance"] {
        let field = ["metadata", "labels", label];
        if object.at(&field).is_none() {
            findings.report(object.path(&field), format!("the label `{label}` is missing")).help("set it");
        }
    }
}
