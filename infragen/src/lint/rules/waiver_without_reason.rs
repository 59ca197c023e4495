use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::waivers::GivenWaiver;

declare_rule! {
    /// Flags waivers that say no reason. They waive nothing.
    ///
    /// ## Why is this bad?
    /// Nobody can judge, a year later, whether the reason still holds.
    ///
    /// ## Fields
    /// The environment's waivers, and the values of the annotations `infragen.dev/allow.<rule>` of all objects.
    ///
    /// ## Allowed values
    /// Any text that is not blank.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations: {infragen.dev/allow.missing-memory-limit: ""}
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
    WAIVER_WITHOUT_REASON = {
        id: "waiver-without-reason",
        category: Practice,
        severity: Error,
        look: Waiver(waiver_without_reason),
    }
}

fn waiver_without_reason(waiver: &GivenWaiver<'_>, findings: &mut Findings<'_>) {
    if waiver.reason.trim().is_empty() {
        waiver
            .report(findings, format!("the waiver of `{}` says no reason", waiver.rule))
            .help("say why, in a text that a reviewer can judge");
    }
}
