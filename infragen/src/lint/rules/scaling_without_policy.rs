use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Value;

declare_rule! {
    /// Flags rules of an autoscaler's behaviour that say nothing about how fast it may go.
    ///
    /// ## Why is this bad?
    /// The API server refuses the autoscaler: an empty list is not the default, which stands for an absent one.
    ///
    /// ## Fields
    /// `spec.behavior.scaleUp.policies` and `spec.behavior.scaleDown.policies` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// At least one policy, or no `policies`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {behavior: {scaleDown: {stabilizationWindowSeconds: 300, policies: []}}}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {behavior: {scaleDown: {stabilizationWindowSeconds: 300}}}
    /// ```
    SCALING_WITHOUT_POLICY = {
        id: "scaling-without-policy",
        category: Admission,
        severity: Error,
        covers: ["SRV-01"],
        look: Object(&["HorizontalPodAutoscaler"], scaling_without_policy),
    }
}

fn scaling_without_policy(autoscaler: &Object<'_>, findings: &mut Findings<'_>) {
    for direction in ["scaleUp", "scaleDown"] {
        let place = ["spec", "behavior", direction, "policies"];
        let policies = autoscaler.at(&place);
        if policies
            .is_some_and(|policies| matches!(&policies.value, Value::Sequence(items) if items.is_empty()))
        {
            findings
                .report(autoscaler.path(&place), format!("`{direction}` has an empty list of policies"))
                .help("remove `policies`, or add one");
        }
    }
}
