use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Container, Workload};
use crate::node::Node;

declare_rule! {
    /// Flags Pods that are kept apart from the node's users or processes, and share them.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `hostUsers`, `hostPID`, `hostIPC`, `shareProcessNamespace`, `setHostnameAsFQDN` and `hostnameOverride` of Pods;
    /// `securityContext.procMount` of containers.
    ///
    /// ## Allowed values
    /// With `hostUsers: false` no `hostPID`, `hostIPC` or `hostNetwork`; `shareProcessNamespace` without `hostPID`; `hostnameOverride`
    /// without `setHostnameAsFQDN` and `hostNetwork`; `procMount: Unmasked` with `hostUsers: false`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   hostPID: true
    ///   shareProcessNamespace: true
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   shareProcessNamespace: true
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    CONTRADICTORY_HOST_SHARING = {
        id: "contradictory-host-sharing",
        category: Admission,
        severity: Error,
        look: Workload(&[], contradictory_host_sharing),
    }
}

fn contradictory_host_sharing(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let truth = |name: &str| workload.pod(&[name]).and_then(Node::as_bool);
    let shares = |name: &str| truth(name) == Some(true);
    let apart = truth("hostUsers") == Some(false);
    let renamed = workload.pod(&["hostnameOverride"]).is_some_and(|name| name.as_str().is_some());
    let wrong = [
        ("hostPID", apart && shares("hostPID"), "hostUsers"),
        ("hostIPC", apart && shares("hostIPC"), "hostUsers"),
        ("hostNetwork", apart && shares("hostNetwork"), "hostUsers"),
        ("shareProcessNamespace", shares("shareProcessNamespace") && shares("hostPID"), "hostPID"),
        ("hostnameOverride", renamed && shares("setHostnameAsFQDN"), "setHostnameAsFQDN"),
        ("hostnameOverride", renamed && shares("hostNetwork"), "hostNetwork"),
    ];
    let is_unmasked = |container: &Container<'_>| {
        container.at(&["securityContext", "procMount"]).and_then(Node::as_str) == Some("Unmasked")
    };
    if let Some(container) = workload.containers().find(|container| !apart && is_unmasked(container)) {
        findings
            .report(
                container.path(&["securityContext", "procMount"]),
                "only Pods with users of their own see all of `/proc`",
            )
            .help("set `hostUsers: false`, or remove `procMount`");
    }
    for (name, _, other) in wrong.iter().filter(|(_, is_wrong, _)| *is_wrong) {
        findings
            .report(workload.pod_path(&[name]), format!("`{name}` contradicts `{other}`"))
            .help(format!("remove `{name}` or `{other}`"));
    }
}
