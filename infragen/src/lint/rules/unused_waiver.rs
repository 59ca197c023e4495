use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::waivers::GivenWaiver;

declare_rule! {
    /// Flags waivers that waive nothing.
    ///
    /// ## Why is this bad?
    /// The defect is gone and the permission for it stayed, so that nobody will notice when it comes back.
    ///
    /// ## Fields
    /// The environment's waivers, and the annotations `infragen.dev/allow.<rule>` of all objects.
    ///
    /// ## Allowed values
    /// Waivers that are for at least one finding of a rule that ran.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     infragen.dev/allow.unnamed-service-port: the second port came with the old gateway
    /// spec: {type: ExternalName, externalName: web.example.com}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: ExternalName, externalName: web.example.com}
    /// ```
    UNUSED_WAIVER = {
        id: "unused-waiver",
        category: Practice,
        severity: Warning,
        look: Waiver(unused_waiver),
    }
}

fn unused_waiver(waiver: &GivenWaiver<'_>, findings: &mut Findings<'_>) {
    if waiver.looked && !waiver.used && !waiver.reason.trim().is_empty() {
        waiver
            .report(findings, format!("the waiver of `{}` is for no finding", waiver.rule))
            .help("remove it, or correct the object that it names");
    }
}
