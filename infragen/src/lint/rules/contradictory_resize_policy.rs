use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags rules for resizing a container that stand twice, or that restart what never restarts.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `resizePolicy[]` of containers.
    ///
    /// ## Allowed values
    /// Each resource once; `NotRequired` in Pods with `restartPolicy: Never`, and in init containers that do not go on running.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: Never
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: Never
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]
    /// ```
    CONTRADICTORY_RESIZE_POLICY = {
        id: "contradictory-resize-policy",
        category: Admission,
        severity: Error,
        look: Container(Containers::Scheduled, contradictory_resize_policy),
    }
}

fn contradictory_resize_policy(container: &Container<'_>, findings: &mut Findings<'_>) {
    let policies = container.items("resizePolicy");
    let never = container.workload.pod(&["restartPolicy"]).and_then(Node::as_str) == Some("Never");
    for (index, policy) in policies.iter().enumerate() {
        let resource = policy.text_at(&["resourceName"]);
        let path = || container.path(&["resizePolicy"]).index(index);
        if policies[..index].iter().any(|earlier| earlier.text_at(&["resourceName"]) == resource) {
            findings
                .report(path(), format!("`{}` has a rule before, too", resource.unwrap_or_default()))
                .help("remove one of them");
        }
        let restarts = policy.text_at(&["restartPolicy"]) == Some("RestartContainer");
        if restarts && (never || !container.is_lasting()) {
            findings
                .report(
                    path().field("restartPolicy"),
                    format!("container `{}` does not restart", container.name()),
                )
                .help("set `restartPolicy: NotRequired`");
        }
    }
}
