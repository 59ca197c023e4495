use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, Workload};

declare_rule! {
    /// Flags Pods that two disruption budgets select.
    ///
    /// ## Why is this bad?
    /// The API server evicts no such Pod: it answers with an error, and the node can never be drained.
    ///
    /// ## Fields
    /// `spec.selector` of all PodDisruptionBudgets of a namespace.
    ///
    /// ## Allowed values
    /// Selectors of which no two take the same Pods.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ---
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: all}
    /// spec: {minAvailable: 50%, selector: {}}
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
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: api}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: api}}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {metadata: {labels: {app: web}}}}
    /// ```
    OVERLAPPING_DISRUPTION_BUDGETS = {
        id: "overlapping-disruption-budgets",
        category: Reference,
        severity: Error,
        covers: ["PDB-08", "OBJ-26"],
        look: Bundle(overlapping_disruption_budgets),
    }
}

fn overlapping_disruption_budgets(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let mut first: Vec<(&Workload<'_>, &Object<'_>)> = Vec::new();
    for budget in graph.of_kind("PodDisruptionBudget") {
        let pods = graph.budgeted(budget).into_iter();
        for workload in pods.filter(|workload| graph.are_neighbours(budget, workload)) {
            match first.iter().find(|(known, _)| std::ptr::eq(*known, workload)) {
                None => first.push((workload, budget)),
                Some((_, earlier)) if earlier.is_same(budget) || !graph.applied_together(earlier, budget) => {
                }
                Some((_, earlier)) => {
                    let message = format!(
                        "the budget `{}` selects the Pods of `{}/{}` too",
                        earlier.name, workload.kind, workload.name
                    );
                    findings
                        .report_on(budget, budget.path(&["spec", "selector"]), message)
                        .help("let one budget select each Pod");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OVERLAPPING_DISRUPTION_BUDGETS;
    use crate::lint::testing::finds;

    #[test]
    fn only_two_budgets_of_one_namespace_overlap() {
        let budget = |name: &str, namespace: &str, selector: &str| {
            format!(
                "kind: PodDisruptionBudget\nmetadata: {{name: {name}, namespace: {namespace}}}\n\
                 spec: {{selector: {selector}}}\n---\n"
            )
        };
        let pod = "kind: Pod\nmetadata: {name: p, namespace: x, labels: {app: web, tier: front}}\n";
        let first = budget("a", "x", "{matchLabels: {app: web}}");
        let cases = [
            (budget("b", "x", "{matchLabels: {tier: front}}"), true),
            (budget("b", "x", "{matchLabels: {tier: back}}"), false),
            (budget("b", "z", "{matchLabels: {tier: front}}"), false),
            (budget("a", "x", "{matchLabels: {tier: front}}"), false),
        ];
        for (second, expected) in cases {
            assert_eq!(
                finds(&OVERLAPPING_DISRUPTION_BUDGETS, &format!("{first}{second}{pod}")),
                expected,
                "{second}"
            );
        }
    }
}
