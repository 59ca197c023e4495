use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that hold a token of an account which no role is bound to.
    ///
    /// ## Why is this bad?
    /// Nothing in the Pod can do anything with the token but say who it is; whoever breaks in has it all the same.
    ///
    /// ## Fields
    /// `automountServiceAccountToken` of Pods and of their ServiceAccount; `subjects[]` of RoleBindings and
    /// ClusterRoleBindings.
    ///
    /// ## Allowed values
    /// `false` in the Pod or in the account, or a role that is bound to the account.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {serviceAccountName: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {serviceAccountName: web, automountServiceAccountToken: false}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {serviceAccountName: web}
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: ServiceAccount, name: web}]
    /// ```
    UNNEEDED_ACCOUNT_TOKEN = {
        id: "unneeded-account-token",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["SA-03"],
        look: Bundle(unneeded_account_token),
    }
}

fn unneeded_account_token(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        let name = workload.pod(&["serviceAccountName"]).and_then(Node::as_str).unwrap_or("default");
        let account = graph.find(workload, "ServiceAccount", name);
        let said = workload
            .pod(&[FIELD])
            .or_else(|| account.and_then(|account| account.at(&[FIELD])))
            .and_then(Node::as_bool);
        if said != Some(false) && !is_bound(graph, workload, name) {
            findings
                .report_on(
                    workload,
                    workload.pod_path(&[FIELD]),
                    format!("the Pod holds a token of `{name}`, which no role is bound to"),
                )
                .help("set `automountServiceAccountToken: false`");
        }
    }
}

const FIELD: &str = "automountServiceAccountToken";

fn is_bound(graph: &Graph<'_>, workload: &Workload<'_>, account: &str) -> bool {
    let mut bindings = ["RoleBinding", "ClusterRoleBinding"].iter().flat_map(|kind| graph.of_kind(kind));
    bindings.any(|binding| {
        binding.at(&["subjects"]).map_or(&[][..], Node::items).iter().any(|subject| {
            let namespace = subject.text_at(&["namespace"]).or(binding.namespace);
            match subject.text_at(&["kind"]) {
                Some("ServiceAccount") => {
                    subject.text_at(&["name"]) == Some(account) && workload.shares_namespace(namespace)
                }
                // All accounts, or all of a namespace.
                Some("Group") => subject
                    .text_at(&["name"])
                    .is_some_and(|group| group.starts_with("system:serviceaccounts")),
                _ => false,
            }
        })
    })
}
