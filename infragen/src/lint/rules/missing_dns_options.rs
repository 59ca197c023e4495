use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that try the cluster's search domains for every name outside.
    ///
    /// ## Why is this bad?
    /// With `ndots: 5`, which is what a Pod gets, a name such as `api.example.com` is asked for four times in vain
    /// before it is asked for as it stands.
    ///
    /// ## Fields
    /// `dnsConfig.options` of Pods and Pod templates.
    ///
    /// ## Allowed values
    /// An option `ndots` of any value.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example/web:1.2.0"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsConfig: {options: [{name: ndots, value: "2"}]}
    ///   containers: [{name: web, image: "example/web:1.2.0"}]
    /// ```
    MISSING_DNS_OPTIONS = {
        id: "missing-dns-options",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["AVL-10"],
        look: Workload(&[], missing_dns_options),
    }
}

fn missing_dns_options(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let field = ["dnsConfig", "options"];
    let options = workload.pod(&field).map_or(&[][..], Node::items);
    if !options.iter().any(|option| option.text_at(&["name"]) == Some("ndots")) {
        findings
            .report(workload.pod_path(&field), "names outside are first looked for in the cluster")
            .help("set the option `ndots` to `2` or less, if names within have at most one dot");
    }
}
