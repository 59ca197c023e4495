use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Value;

declare_rule! {
    /// Flags selectors of workloads that ask for nothing.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: it would take every Pod of the namespace for its own.
    ///
    /// ## Fields
    /// `spec.selector` of Deployments, StatefulSets, DaemonSets and ReplicaSets.
    ///
    /// ## Allowed values
    /// At least one label or requirement.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: web}}}
    /// ```
    SELECTOR_OF_EVERYTHING = {
        id: "selector-of-everything",
        category: Admission,
        severity: Error,
        look: Object(&["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"], selector_of_everything),
    }
}

fn selector_of_everything(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(selector) =
        object.at(&["spec", "selector"]).filter(|node| matches!(node.value, Value::Mapping(_)))
    else {
        return;
    };
    let asks = selector.get("matchLabels").is_some_and(|labels| !labels.fields().is_empty())
        || selector.get("matchExpressions").is_some_and(|expressions| !expressions.items().is_empty());
    if !asks {
        findings
            .report(object.path(&["spec", "selector"]), "the selector takes every Pod")
            .help("ask for a label of the Pod template in `matchLabels`");
    }
}
