use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags disruption budgets that select no Pod.
    ///
    /// ## Why is this bad?
    /// They protect nobody: a drain may take all Pods of the workload that was meant at once.
    ///
    /// ## Fields
    /// `spec.selector` of PodDisruptionBudgets.
    ///
    /// ## Allowed values
    /// A selector that takes the Pods of at least one workload of the same namespace.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: wbe}}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {metadata: {labels: {app: web}}}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {metadata: {labels: {app: web}}}}
    /// ```
    DISRUPTION_BUDGET_WITHOUT_PODS = {
        id: "disruption-budget-without-pods",
        category: Reference,
        severity: Warning,
        covers: ["PDB-07", "OBJ-23"],
        look: Bundle(disruption_budget_without_pods),
    }
}

fn disruption_budget_without_pods(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for budget in graph.of_kind("PodDisruptionBudget") {
        if graph.shows_pods_beside(budget) && graph.budgeted(budget).is_empty() {
            findings
                .report_on(
                    budget,
                    budget.path(&["spec", "selector"]),
                    "the selector takes the Pods of no workload",
                )
                .help("select by labels that the Pod template of one workload has");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DISRUPTION_BUDGET_WITHOUT_PODS;
    use crate::lint::testing::{finds, messages_of_foreign};

    #[test]
    fn a_selector_is_read_as_its_version_says() {
        let pod = "---\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\n";
        let cases = [
            ("policy/v1", "{selector: {}}", false),
            ("policy/v1beta1", "{selector: {}}", true),
            ("policy/v1", "{}", true),
            ("policy/v1", "{selector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}", false),
            (
                "policy/v1",
                "{selector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}}",
                true,
            ),
        ];
        for (version, spec, expected) in cases {
            let budget = format!("apiVersion: {version}\nkind: PodDisruptionBudget\nspec: {spec}\n");
            assert_eq!(
                finds(&DISRUPTION_BUDGET_WITHOUT_PODS, &format!("{budget}{pod}")),
                expected,
                "{version} {spec}"
            );
            assert!(
                messages_of_foreign(&DISRUPTION_BUDGET_WITHOUT_PODS, &budget).is_empty(),
                "alone it says nothing"
            );
        }
    }
}
