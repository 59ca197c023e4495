use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Value;

declare_rule! {
    /// Flags disruption budgets with both `minAvailable` and `maxUnavailable`.
    ///
    /// ## Why is this bad?
    /// The API server refuses the budget: the two may contradict each other.
    ///
    /// ## Fields
    /// `spec.minAvailable` and `spec.maxUnavailable` of PodDisruptionBudgets.
    ///
    /// ## Allowed values
    /// One of them.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {minAvailable: 1, maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ```
    BUDGET_WITH_TWO_BOUNDS = {
        id: "budget-with-two-bounds",
        category: Admission,
        severity: Error,
        covers: ["SRV-02"],
        look: Object(&["PodDisruptionBudget"], budget_with_two_bounds),
    }
}

fn budget_with_two_bounds(budget: &Object<'_>, findings: &mut Findings<'_>) {
    let has = |name| budget.at(&["spec", name]).is_some_and(|node| node.value != Value::Null);
    if has("minAvailable") && has("maxUnavailable") {
        findings
            .report(
                budget.path(&["spec", "minAvailable"]),
                "the budget has both `minAvailable` and `maxUnavailable`",
            )
            .help("keep `maxUnavailable`, which follows the number of replicas");
    }
}
