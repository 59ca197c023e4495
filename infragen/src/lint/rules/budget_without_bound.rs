use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags disruption budgets that do not say how many Pods may go.
    ///
    /// ## Why is this bad?
    /// The disruption controller then lets none go: nodes cannot be drained.
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
    /// spec: {selector: {matchLabels: {app: web}}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: web}}, maxUnavailable: 1}
    /// ```
    BUDGET_WITHOUT_BOUND = {
        id: "budget-without-bound",
        category: Practice,
        severity: Warning,
        covers: ["PDB-02"],
        look: Object(&["PodDisruptionBudget"], budget_without_bound),
    }
}

fn budget_without_bound(object: &Object<'_>, findings: &mut Findings<'_>) {
    let has_bound =
        ["minAvailable", "maxUnavailable"].iter().any(|bound| object.at(&["spec", bound]).is_some());
    if !has_bound {
        findings
            .report(object.path(&["spec"]), "the budget lets no Pod go, because it does not say how many may")
            .help("set `maxUnavailable: 1`");
    }
}
