use crate::lint::findings::Findings;
use crate::lint::grammar::percentages;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags settings of rolling updates where another strategy is meant, and DaemonSets that may both add and lack Pods.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `spec.strategy` of Deployments; `spec.updateStrategy` of DaemonSets and StatefulSets.
    ///
    /// ## Allowed values
    /// `rollingUpdate` with `type: RollingUpdate`; in DaemonSets one of `maxSurge` and `maxUnavailable` above 0.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}
    /// ```
    STRATEGY_OF_OTHER_TYPE = {
        id: "strategy-of-other-type",
        category: Admission,
        severity: Error,
        look: Object(&["Deployment", "DaemonSet", "StatefulSet"], strategy_of_other_type),
    }
}

fn strategy_of_other_type(object: &Object<'_>, findings: &mut Findings<'_>) {
    let strategy = if object.kind == "Deployment" { "strategy" } else { "updateStrategy" };
    let place = ["spec", strategy, "rollingUpdate"];
    let Some(update) = object.at(&place).filter(|node| matches!(node.value, Value::Mapping(_))) else {
        return;
    };
    let kind = object.at(&["spec", strategy, "type"]).and_then(Node::as_str).unwrap_or_default();
    // The API server does not look at this in DaemonSets.
    if !matches!(kind, "" | "RollingUpdate") && object.kind != "DaemonSet" {
        findings
            .report(object.path(&place), format!("the strategy `{kind}` does not roll"))
            .help("remove `rollingUpdate`, or set `type: RollingUpdate`");
    }
    let is_some = |node: &Node| {
        node.value != Value::Null && !(node.as_i64() == Some(0) || node.as_str().is_some_and(is_nothing))
    };
    let lacks = update.get("maxUnavailable").is_none_or(|node| node.value == Value::Null || is_some(node));
    if object.kind == "DaemonSet"
        && kind != "OnDelete"
        && lacks
        && update.get("maxSurge").is_some_and(is_some)
    {
        findings
            .report(object.path(&place).field("maxSurge"), "both `maxSurge` and `maxUnavailable` are above 0")
            .help("set `maxUnavailable: 0`, or remove `maxSurge`");
    }
}

/// The server takes what it cannot read for nothing, too.
fn is_nothing(text: &str) -> bool {
    percentages::number(text).unwrap_or_default() == 0
}
