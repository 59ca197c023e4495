use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags service accounts that nothing runs as.
    ///
    /// ## Why is this bad?
    /// Either the workload that it was made for runs as `default`, without what the account may do, or nobody needs it
    /// and its roles any more.
    ///
    /// ## Fields
    /// ServiceAccounts of an environment; `serviceAccountName` of Pods, `subjects[]` of bindings.
    ///
    /// ## Allowed values
    /// An account that a workload runs as, or that a binding names together with others. `default` is always there.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {serviceAccountName: web}
    /// ```
    UNUSED_SERVICE_ACCOUNT = {
        id: "unused-service-account",
        category: Reference,
        severity: Warning,
        look: Bundle(unused_service_account),
    }
}

fn unused_service_account(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    for account in graph.of_kind("ServiceAccount").filter(|account| account.name != "default") {
        let runs_as = |workload: &Workload<'_>| {
            ["serviceAccountName", "serviceAccount"]
                .iter()
                .any(|field| workload.pod(&[field]).and_then(Node::as_str) == Some(account.name))
        };
        let mut workloads = graph.workloads().iter();
        if !workloads.any(|workload| workload.shares_namespace(account.namespace) && runs_as(workload)) {
            let name = account.name;
            findings
                .report_on(account, account.path(&["metadata", "name"]), format!("nothing runs as `{name}`"))
                .help("set `serviceAccountName` where it was meant, or remove the account");
        }
    }
}
