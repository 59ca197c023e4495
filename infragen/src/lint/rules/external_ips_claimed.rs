use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Services that claim addresses of their own choice.
    ///
    /// ## Why is this bad?
    /// The cluster sends them whatever its Pods send to these addresses, whoever they belong to: by it one reads other
    /// people's traffic (CVE-2020-8554).
    ///
    /// ## Fields
    /// `spec.externalIPs` of Services.
    ///
    /// ## Allowed values
    /// None.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {externalIPs: [203.0.113.7], ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: LoadBalancer, ports: [{port: 80}]}
    /// ```
    EXTERNAL_IPS_CLAIMED = {
        id: "external-ips-claimed",
        category: Practice,
        severity: Warning,
        covers: ["NET-05"],
        look: Object(&["Service"], external_ips_claimed),
    }
}

fn external_ips_claimed(object: &Object<'_>, findings: &mut Findings<'_>) {
    let field = ["spec", "externalIPs"];
    if object.at(&field).is_some_and(|addresses| !addresses.items().is_empty()) {
        findings
            .report(object.path(&field), "the Service takes what is sent to addresses of its own choice")
            .help("use `type: LoadBalancer`, which is given an address");
    }
}
