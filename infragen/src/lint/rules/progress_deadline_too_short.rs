use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags Deployments whose progress deadline is not longer than the time until a Pod counts as available.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Deployment: every rollout would fail.
    ///
    /// ## Fields
    /// `spec.progressDeadlineSeconds` and `spec.minReadySeconds` of Deployments.
    ///
    /// ## Allowed values
    /// A deadline above `minReadySeconds`; it is 600 where none is set.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {minReadySeconds: 60, progressDeadlineSeconds: 60}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {minReadySeconds: 60, progressDeadlineSeconds: 300}
    /// ```
    PROGRESS_DEADLINE_TOO_SHORT = {
        id: "progress-deadline-too-short",
        category: Admission,
        severity: Error,
        covers: ["SRV-03"],
        look: Object(&["Deployment"], progress_deadline_too_short),
    }
}

fn progress_deadline_too_short(deployment: &Object<'_>, findings: &mut Findings<'_>) {
    let number = |name, default| deployment.at(&["spec", name]).map_or(Some(default), Node::as_i64);
    if let (Some(ready), Some(deadline)) =
        (number("minReadySeconds", 0), number("progressDeadlineSeconds", 600))
        && deadline <= ready
        && ready >= 0
        && deployment.at(&["spec"]).is_some()
    {
        findings
            .report(
                deployment.path(&["spec", "progressDeadlineSeconds"]),
                format!("the deadline of {deadline} s is not above `minReadySeconds` of {ready}"),
            )
            .help("raise `progressDeadlineSeconds`");
    }
}
