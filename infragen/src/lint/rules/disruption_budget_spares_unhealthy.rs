use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags disruption budgets that keep Pods which are not ready from being evicted.
    ///
    /// ## Why is this bad?
    /// By default a Pod that hangs in a crash loop cannot be evicted while too few others are ready: a broken rollout
    /// stops the drain of nodes. A database that must be repaired by hand may want just that: therefore the rule is
    /// optional.
    ///
    /// ## Fields
    /// `spec.unhealthyPodEvictionPolicy` of PodDisruptionBudgets.
    ///
    /// ## Allowed values
    /// `AlwaysAllow`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {}}
    /// ```
    DISRUPTION_BUDGET_SPARES_UNHEALTHY = {
        id: "disruption-budget-spares-unhealthy",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["PDB-05"],
        look: Object(&["PodDisruptionBudget"], disruption_budget_spares_unhealthy),
    }
}

fn disruption_budget_spares_unhealthy(object: &Object<'_>, findings: &mut Findings<'_>) {
    let field = ["spec", "unhealthyPodEvictionPolicy"];
    if object.node.text_at(&field) != Some("AlwaysAllow") {
        findings
            .report(object.path(&field), "a Pod that is broken cannot be evicted either")
            .help("set `unhealthyPodEvictionPolicy: AlwaysAllow`");
    }
}
