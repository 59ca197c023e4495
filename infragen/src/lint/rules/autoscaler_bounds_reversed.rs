use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags autoscalers whose least number of replicas is above the most.
    ///
    /// ## Why is this bad?
    /// The API server refuses the autoscaler.
    ///
    /// ## Fields
    /// `spec.minReplicas` and `spec.maxReplicas` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// A `maxReplicas` of at least `minReplicas`, which is 1 where none is set.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 5, maxReplicas: 3}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 3, maxReplicas: 5}
    /// ```
    AUTOSCALER_BOUNDS_REVERSED = {
        id: "autoscaler-bounds-reversed",
        category: Admission,
        severity: Error,
        covers: ["SRV-01"],
        look: Object(&["HorizontalPodAutoscaler"], autoscaler_bounds_reversed),
    }
}

fn autoscaler_bounds_reversed(autoscaler: &Object<'_>, findings: &mut Findings<'_>) {
    let number = |name| autoscaler.at(&["spec", name]).and_then(Node::as_i64);
    if let (Some(least), Some(most)) = (number("minReplicas"), number("maxReplicas"))
        && least > most
    {
        findings
            .report(
                autoscaler.path(&["spec", "maxReplicas"]),
                format!("`maxReplicas` is {most}, below `minReplicas` of {least}"),
            )
            .help("raise `maxReplicas` or lower `minReplicas`");
    }
}
