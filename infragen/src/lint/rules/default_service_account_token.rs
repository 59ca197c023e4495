use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that hold a token of the namespace's default service account.
    ///
    /// ## Why is this bad?
    /// Every Pod that names none has the same account: what is granted for one is granted to all. Most programs never
    /// call the API server, and need no token.
    ///
    /// ## Fields
    /// `serviceAccountName` and `automountServiceAccountToken` of Pods.
    ///
    /// ## Allowed values
    /// An account of its own, or no token.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: []
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: web
    ///   containers: []
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   automountServiceAccountToken: false
    ///   containers: []
    /// ```
    DEFAULT_SERVICE_ACCOUNT_TOKEN = {
        id: "default-service-account-token",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["SA-01"],
        look: Workload(&[], default_service_account_token),
    }
}

fn default_service_account_token(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let account = workload.pod(&["serviceAccountName"]).or_else(|| workload.pod(&["serviceAccount"]));
    let is_default = account.and_then(Node::as_str).is_none_or(|name| name.is_empty() || name == "default");
    let is_mounted = workload.pod(&["automountServiceAccountToken"]).and_then(Node::as_bool) != Some(false);
    if is_default && is_mounted {
        findings
            .report(workload.pod_path(&["serviceAccountName"]), "the Pod holds the default account's token")
            .help("set `automountServiceAccountToken: false`, or name an account of its own");
    }
}
