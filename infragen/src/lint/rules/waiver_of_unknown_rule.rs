use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::rules;
use crate::lint::waivers::{GivenWaiver, nearest_rule};

declare_rule! {
    /// Flags waivers of a rule that does not exist.
    ///
    /// ## Why is this bad?
    /// It waives nothing, though somebody believes so.
    ///
    /// ## Fields
    /// The environment's waivers, and the annotations `infragen.dev/allow.<rule>` of all objects.
    ///
    /// ## Allowed values
    /// The names that `infragen rules` lists.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations: {infragen.dev/allow.mising-memory-limit: it is measured first}
    /// spec: {}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations: {infragen.dev/allow.missing-memory-limit: it is measured first}
    /// spec: {}
    /// ```
    WAIVER_OF_UNKNOWN_RULE = {
        id: "waiver-of-unknown-rule",
        category: Practice,
        severity: Warning,
        look: Waiver(waiver_of_unknown_rule),
    }
}

fn waiver_of_unknown_rule(waiver: &GivenWaiver<'_>, findings: &mut Findings<'_>) {
    if rules::ALL.iter().any(|rule| rule.id == waiver.rule) {
        return;
    }
    let help = nearest_rule(waiver.rule).map_or_else(
        || "`infragen rules` lists the rules".to_owned(),
        |nearest| format!("did you mean `{nearest}`?"),
    );
    waiver.report(findings, format!("there is no rule `{}` to waive", waiver.rule)).help(help);
}
