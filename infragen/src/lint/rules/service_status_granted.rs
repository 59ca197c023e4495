use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, grants};

declare_rule! {
    /// Flags roles that write where a Service's traffic comes in.
    ///
    /// ## Why is this bad?
    /// Whoever sets the address of a load balancer in the status of a Service has traffic for that address sent to its
    /// Pods (CVE-2020-8554).
    ///
    /// ## Fields
    /// `rules` of Roles and ClusterRoles without `resourceNames`, about `services/status`.
    ///
    /// ## Allowed values
    /// Verbs that only read. What runs load balancers needs to write.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [services/status], verbs: [update]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [""], resources: [services], verbs: [get, list]}
    /// ```
    SERVICE_STATUS_GRANTED = {
        id: "service-status-granted",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RBC-10"],
        look: Object(&["Role", "ClusterRole"], service_status_granted),
    }
}

fn service_status_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    for grant in grants(object) {
        if grant.names(&[""], &["services/status"], &["update", "patch", "*"]) {
            findings
                .report(grant.path, "the role writes the addresses that Services are reached by")
                .help("leave `services/status` to what runs the load balancers");
        }
    }
}
