use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Deployments that end all old Pods before the first new one starts.
    ///
    /// ## Why is this bad?
    /// Each rollout is an outage, and one that fails lasts. What must never run twice has no choice: therefore the rule
    /// is optional.
    ///
    /// ## Fields
    /// `spec.strategy.type` of Deployments.
    ///
    /// ## Allowed values
    /// `RollingUpdate`, which it is where absent.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {strategy: {type: Recreate}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {strategy: {type: RollingUpdate}}
    /// ```
    RECREATED_DEPLOYMENT = {
        id: "recreated-deployment",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-02"],
        look: Object(&["Deployment"], recreated_deployment),
    }
}

fn recreated_deployment(object: &Object<'_>, findings: &mut Findings<'_>) {
    let field = ["spec", "strategy", "type"];
    if object.node.text_at(&field) == Some("Recreate") {
        findings
            .report(object.path(&field), "each rollout is an outage")
            .help("roll with `type: RollingUpdate`");
    }
}
