use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags autoscalers whose least and most replicas are the same.
    ///
    /// ## Why is this bad?
    /// It cannot scale, and somebody believes that it does.
    ///
    /// ## Fields
    /// `spec.minReplicas`, 1 where absent, and `spec.maxReplicas` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// A greater `maxReplicas`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 3, maxReplicas: 3}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 3, maxReplicas: 6}
    /// ```
    AUTOSCALER_WITHOUT_RANGE = {
        id: "autoscaler-without-range",
        category: Practice,
        severity: Warning,
        covers: ["HPA-04"],
        look: Object(&["HorizontalPodAutoscaler"], autoscaler_without_range),
    }
}

fn autoscaler_without_range(object: &Object<'_>, findings: &mut Findings<'_>) {
    let least = object.at(&["spec", "minReplicas"]).map_or(Some(1), Node::as_i64);
    let most = object.at(&["spec", "maxReplicas"]).and_then(Node::as_i64);
    if let (Some(least), Some(most)) = (least, most)
        && least == most
    {
        findings
            .report(
                object.path(&["spec", "maxReplicas"]),
                format!("it cannot scale: `{most}` are the least and the most replicas"),
            )
            .help("raise `maxReplicas`, or remove the autoscaler");
    }
}

#[cfg(test)]
mod tests {
    use super::AUTOSCALER_WITHOUT_RANGE;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("maxReplicas: 1", true),
            ("maxReplicas: 2", false),
            ("minReplicas: 2, maxReplicas: 1", false),
            ("minReplicas: 2", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: HorizontalPodAutoscaler\nspec: {{{case}}}");
            assert_eq!(finds(&AUTOSCALER_WITHOUT_RANGE, &yaml), expected, "{case}");
        }
    }
}
