use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that want none of the cluster's name servers and name none, and those that name too many.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: it could look up no name, or its `resolv.conf` would be cut.
    ///
    /// ## Fields
    /// `dnsPolicy` and `dnsConfig` of Pods.
    ///
    /// ## Allowed values
    /// With `dnsPolicy: None` one to three `nameservers`; at most 32 `searches`, of at most 2048 characters together.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsPolicy: None
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsPolicy: None
    ///   dnsConfig: {nameservers: [10.0.0.10]}
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    INCOMPLETE_DNS_SETTINGS = {
        id: "incomplete-dns-settings",
        category: Admission,
        severity: Error,
        look: Workload(&[], incomplete_dns_settings),
    }
}

const MOST_SERVERS: usize = 3;
const MOST_SEARCHES: usize = 32;
const MOST_CHARACTERS: usize = 2048;

fn incomplete_dns_settings(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let list = |name: &str| workload.pod(&["dnsConfig", name]).map_or(&[][..], Node::items);
    let mut report = |name: &str, message: String, help: &str| {
        findings.report(workload.pod_path(&["dnsConfig", name]), message).help(help);
    };
    let servers = list("nameservers").len();
    if servers == 0 && workload.pod(&["dnsPolicy"]).and_then(Node::as_str) == Some("None") {
        report(
            "nameservers",
            "with `dnsPolicy: None` there is no name server".to_owned(),
            "name one to three",
        );
    }
    if servers > MOST_SERVERS {
        report("nameservers", format!("{servers} name servers are too many"), "name at most three");
    }
    let searches = list("searches");
    let characters: usize = searches.iter().filter_map(Node::as_str).map(|search| search.len() + 1).sum();
    if searches.len() > MOST_SEARCHES || characters > MOST_CHARACTERS + 1 {
        report("searches", format!("{} domains are too many", searches.len()), "name at most 32 short ones");
    }
}
