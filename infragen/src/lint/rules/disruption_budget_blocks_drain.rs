use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags disruption budgets that never let a Pod go.
    ///
    /// ## Why is this bad?
    /// No node that runs such a Pod can be drained, so that upgrades of the cluster hang until somebody deletes the
    /// budget by hand.
    ///
    /// ## Fields
    /// `spec.minAvailable` and `spec.maxUnavailable` of PodDisruptionBudgets; `spec.replicas` of what they select, or
    /// the `minReplicas` of its autoscaler.
    ///
    /// ## Allowed values
    /// Numbers or percentages that leave at least one Pod over when there are fewest of them.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 1, template: {metadata: {labels: {app: web}}}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 2, template: {metadata: {labels: {app: web}}}}
    /// ```
    DISRUPTION_BUDGET_BLOCKS_DRAIN = {
        id: "disruption-budget-blocks-drain",
        category: Practice,
        severity: Warning,
        covers: ["PDB-03", "PDB-04", "PDB-06", "OBJ-24", "OBJ-25"],
        look: Bundle(disruption_budget_blocks_drain),
    }
}

fn disruption_budget_blocks_drain(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for budget in graph.of_kind("PodDisruptionBudget") {
        let Some(selector) = budget.at(&["spec", "selector"]).map(Selector::new) else { continue };
        let least: Option<u64> = graph
            .selected(budget, selector)
            .into_iter()
            .map(|workload| Some(graph.replicas(workload)?.least))
            .sum();
        let Some(pods) = least.filter(|pods| *pods > 0) else { continue };
        let Some((field, over)) = allowed(budget, pods) else { continue };
        if over == 0 {
            let message = match pods {
                1 => "no Pod may ever go: there may be just one".to_owned(),
                _ => format!("no Pod may ever go while there are {pods}, the fewest there may be"),
            };
            findings
                .report_on(budget, budget.path(&["spec", field]), message)
                .help("let one Pod go, with `maxUnavailable: 1`, and run at least two");
        }
    }
}

/// How many of the Pods may go, and the field that says so.
fn allowed(budget: &Object<'_>, pods: u64) -> Option<(&'static str, u64)> {
    if let Some(most) = budget.at(&["spec", "maxUnavailable"]) {
        return Some(("maxUnavailable", share(most, pods)?));
    }
    let least = budget.at(&["spec", "minAvailable"])?;
    Some(("minAvailable", pods.saturating_sub(share(least, pods)?)))
}

/// A number, or a percentage of the Pods; the disruption controller rounds both fields up.
fn share(node: &Node, pods: u64) -> Option<u64> {
    match &node.value {
        Value::Integer(number) => u64::try_from(*number).ok(),
        Value::String(text) => {
            text.strip_suffix('%')?.parse::<u64>().ok().map(|percent| (percent * pods).div_ceil(100))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::DISRUPTION_BUDGET_BLOCKS_DRAIN;
    use crate::lint::testing::finds;

    #[test]
    fn a_budget_is_held_against_the_fewest_pods() {
        let cases = [
            ("minAvailable: 1", "replicas: 1", true),
            ("minAvailable: 1", "replicas: 2", false),
            ("minAvailable: 2", "replicas: 2", true),
            ("minAvailable: 100%", "replicas: 5", true),
            ("minAvailable: 50%", "replicas: 3", false),
            ("minAvailable: 90%", "replicas: 3", true),
            ("maxUnavailable: 0", "replicas: 5", true),
            ("maxUnavailable: 0%", "replicas: 5", true),
            ("maxUnavailable: 1%", "replicas: 5", false),
            ("maxUnavailable: 1", "replicas: 1", false),
            ("minAvailable: 1", "replicas: 0", false),
            ("minAvailable: 1", "{}", true),
        ];
        for (budget, replicas, blocks) in cases {
            let yaml = format!(
                "kind: PodDisruptionBudget\nmetadata: {{name: a}}\nspec: {{{budget}, selector: {{}}}}\n---\n\
                 kind: Deployment\nmetadata: {{name: a}}\nspec: {{{}, template: {{}}}}\n",
                replicas.trim_matches(['{', '}'])
            )
            .replace("spec: {, ", "spec: {");
            assert_eq!(finds(&DISRUPTION_BUDGET_BLOCKS_DRAIN, &yaml), blocks, "{budget} {replicas}");
        }
    }

    #[test]
    fn an_autoscaler_says_how_few_there_may_be() {
        for (least, blocks) in [(1, true), (2, false)] {
            let yaml = format!(
                "kind: PodDisruptionBudget\nmetadata: {{name: a}}\nspec: {{minAvailable: 1, selector: {{}}}}\n---\n\
                 kind: Deployment\nmetadata: {{name: a}}\nspec: {{replicas: 5, template: {{}}}}\n---\n\
                 kind: HorizontalPodAutoscaler\nmetadata: {{name: a}}\n\
                 spec: {{minReplicas: {least}, maxReplicas: 9, scaleTargetRef: {{kind: Deployment, name: a}}}}\n"
            );
            assert_eq!(finds(&DISRUPTION_BUDGET_BLOCKS_DRAIN, &yaml), blocks, "{least}");
        }
    }
}
