use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that name their service account by the field `serviceAccount`.
    ///
    /// ## Why is this bad?
    /// It is deprecated in favour of `serviceAccountName`; the API server fills in the other one, and tools that read
    /// only one see nothing.
    ///
    /// ## Fields
    /// `serviceAccount` of Pods.
    ///
    /// ## Allowed values
    /// None, or the same name as `serviceAccountName`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccount: web
    ///   containers: []
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
    ///   serviceAccountName: web
    ///   serviceAccount: web
    ///   containers: []
    /// ```
    DEPRECATED_SERVICE_ACCOUNT_FIELD = {
        id: "deprecated-service-account-field",
        category: Practice,
        severity: Warning,
        covers: ["SA-02"],
        look: Workload(&[], deprecated_service_account_field),
    }
}

fn deprecated_service_account_field(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let name = |field| workload.pod(&[field]).and_then(Node::as_str);
    let Some(account) = name("serviceAccount").filter(|account| !account.is_empty()) else { return };
    // What the API server gave back has both.
    if name("serviceAccountName") != Some(account) {
        findings
            .report(workload.pod_path(&["serviceAccount"]), "the field `serviceAccount` is deprecated")
            .help("name it by `serviceAccountName`");
    }
}
