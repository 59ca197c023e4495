use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags requirements of selectors whose operator and values do not go together.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: `In` without values matches nothing, and `Exists` has no use for any.
    ///
    /// ## Fields
    /// `matchExpressions` of label selectors, of node affinity, and of quotas' scopes; `matchFields`.
    ///
    /// ## Allowed values
    /// Values for `In` and `NotIn`, none for `Exists` and `DoesNotExist`, one for `Gt` and `Lt`, and one for `matchFields`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: In}]}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}
    /// ```
    CONTRADICTORY_REQUIREMENT = {
        id: "contradictory-requirement",
        category: Admission,
        severity: Error,
        look: Object(&[], contradictory_requirement),
    }
}

/// What requirements are about.
#[derive(PartialEq)]
enum About {
    Labels,
    Fields,
}

static REQUIREMENTS: Fields<About> = Fields::new(&[
    (Where::Selector("matchExpressions[]"), About::Labels),
    (Where::NodeTerm("matchExpressions[]"), About::Labels),
    (Where::Of(&["ResourceQuota"], "spec.scopeSelector.matchExpressions[]"), About::Labels),
    (Where::NodeTerm("matchFields[]"), About::Fields),
]);

fn contradictory_requirement(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    REQUIREMENTS.each(&scene, |about, node, spot| {
        let count = node.get("values").map_or(0, |values| values.items().len());
        let operator = node.get("operator").and_then(Node::as_str).unwrap_or_default();
        let (is_right, asked) = match operator {
            "In" | "NotIn" if *about == About::Fields => (count == 1, "one value"),
            "In" | "NotIn" => (count > 0, "at least one value"),
            "Exists" | "DoesNotExist" => (count == 0, "no value"),
            "Gt" | "Lt" => (count == 1, "one value"),
            _ => return,
        };
        if !is_right {
            findings
                .report(spot.path().field("values"), format!("`{operator}` has {count} values"))
                .help(format!("give it {asked}, or change the `operator`"));
        }
    });
}
