use crate::lint::findings::Findings;
use crate::lint::grammar::Scene;
use crate::lint::grammar::percentages::{FIELDS, number};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags texts that are no percentage where a number or a percentage is asked for, and percentages that are too high.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object. A number in quotes is a text to it.
    ///
    /// ## Fields
    /// `maxSurge` and `maxUnavailable` of strategies; `minAvailable` and `maxUnavailable` of PodDisruptionBudgets.
    ///
    /// ## Allowed values
    /// A number without quotes, or digits and `%`: at most `100%`, except for the `maxSurge` of Deployments.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {minAvailable: '1', selector: {matchLabels: {app: web}}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {minAvailable: 50%, selector: {matchLabels: {app: web}}}
    /// ```
    MALFORMED_PERCENTAGE = {
        id: "malformed-percentage",
        category: Admission,
        severity: Error,
        look: Object(&["Deployment", "DaemonSet", "StatefulSet", "PodDisruptionBudget"], malformed_percentage),
    }
}

fn malformed_percentage(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    FIELDS.each(&scene, |most, node, spot| {
        let Some(text) = node.as_str() else { return };
        match number(text) {
            None => findings
                .report(spot.path(), format!("`{text}` is no percentage"))
                .help("write a number without quotes, or one with `%`"),
            Some(number) if number > *most => {
                findings.report(spot.path(), format!("`{text}` is more than all")).help("use at most `100%`")
            }
            Some(_) => {}
        }
    });
}
