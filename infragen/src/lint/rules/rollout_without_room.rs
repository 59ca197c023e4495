use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags Deployments and DaemonSets that may neither add a Pod nor take one away.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: its rollout could not take a single step.
    ///
    /// ## Fields
    /// `maxSurge` and `maxUnavailable` of `spec.strategy.rollingUpdate`, and of a DaemonSet's
    /// `spec.updateStrategy.rollingUpdate`.
    ///
    /// ## Allowed values
    /// At least one above 0.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}
    /// ```
    ROLLOUT_WITHOUT_ROOM = {
        id: "rollout-without-room",
        category: Admission,
        severity: Error,
        covers: ["SRV-03"],
        look: Object(&["Deployment", "DaemonSet"], rollout_without_room),
    }
}

fn rollout_without_room(object: &Object<'_>, findings: &mut Findings<'_>) {
    // A Deployment may add a quarter where nothing is said, a DaemonSet none.
    let (strategy, surge_is_none) = match object.kind {
        "DaemonSet" => ("updateStrategy", true),
        _ => ("strategy", false),
    };
    let Some(update) = object.at(&["spec", strategy, "rollingUpdate"]) else { return };
    let is_none = |node: &Node| node.as_i64() == Some(0) || node.as_str() == Some("0%");
    if update.get("maxUnavailable").is_some_and(is_none)
        && update.get("maxSurge").map_or(surge_is_none, is_none)
    {
        findings
            .report(
                object.path(&["spec", strategy, "rollingUpdate"]),
                "neither `maxSurge` nor `maxUnavailable` is above 0",
            )
            .help("set `maxSurge: 1`");
    }
}
