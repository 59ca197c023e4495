use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags workloads whose selector does not take the Pods that they make.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: its controller would make Pods without end and never find them.
    ///
    /// ## Fields
    /// `spec.selector` and `spec.template.metadata.labels` of Deployments, StatefulSets, DaemonSets, ReplicaSets and
    /// ReplicationControllers.
    ///
    /// ## Allowed values
    /// A selector of which every part holds for the template's labels.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web, tier: front}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example/web:1.2.0"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web, tier: front}}
    ///     spec: {containers: [{name: web, image: "example/web:1.2.0"}]}
    /// ```
    SELECTOR_MISMATCH = {
        id: "selector-mismatch",
        category: Admission,
        severity: Error,
        covers: ["AVL-11", "SRV-09", "OBJ-27"],
        look: Workload(
            &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"],
            selector_mismatch,
        ),
    }
}

fn selector_mismatch(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let Some(node) = workload.at(&["spec", "selector"]) else { return };
    // A Job's selector is made for it, unless it says otherwise.
    if workload.kind == "Job"
        && workload.at(&["spec", "manualSelector"]).and_then(Node::as_bool) != Some(true)
    {
        return;
    }
    let selector = if workload.kind == "ReplicationController" {
        Selector::of_labels(node)
    } else {
        Selector::new(node)
    };
    if let Some(label) = selector.missing(workload.pod_labels()) {
        findings
            .report(
                workload.path(&["spec", "selector"]),
                format!("the selector asks for the label `{label}` otherwise than the Pod template has it"),
            )
            .help(format!(
                "give `{label}` the same value in `spec.selector` and `spec.template.metadata.labels`"
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::SELECTOR_MISMATCH;
    use crate::lint::testing::finds;

    #[test]
    fn each_kind_has_its_own_form_of_selector() {
        let cases = [
            ("StatefulSet", "{matchLabels: {app: web}}", false),
            ("StatefulSet", "{matchLabels: {app: api}}", true),
            ("DaemonSet", "{matchExpressions: [{key: app, operator: DoesNotExist}]}", true),
            ("ReplicationController", "{app: web}", false),
            ("ReplicationController", "{app: api}", true),
            ("Job", "{matchLabels: {app: api}}", false),
        ];
        for (kind, selector, expected) in cases {
            let labels = "template: {metadata: {labels: {app: web}}}";
            let yaml = format!("kind: {kind}\nspec: {{selector: {selector}, {labels}}}");
            assert_eq!(finds(&SELECTOR_MISMATCH, &yaml), expected, "{kind} {selector}");
        }
    }
}
