use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, grants};

declare_rule! {
    /// Flags roles that change who is asked about every object.
    ///
    /// ## Why is this bad?
    /// An admission webhook sees what is written, Secrets too, and may change or refuse it: whoever sets one up has the
    /// cluster.
    ///
    /// ## Fields
    /// `rules` of Roles and ClusterRoles without `resourceNames`, about the configurations of webhooks and the policies
    /// of admission.
    ///
    /// ## Allowed values
    /// Verbs that only read; `resourceNames` of the configurations that are meant.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [create, patch]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [get, list, watch]}
    /// ```
    ADMISSION_WEBHOOKS_GRANTED = {
        id: "admission-webhooks-granted",
        category: Practice,
        severity: Warning,
        covers: ["RBC-08"],
        look: Object(&["Role", "ClusterRole"], admission_webhooks_granted),
    }
}

fn admission_webhooks_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    for grant in grants(object) {
        if grant.names(
            &["admissionregistration.k8s.io"],
            &CONFIGURATIONS,
            &["create", "update", "patch", "*"],
        ) {
            findings
                .report(grant.path, "the role sets up who may change or refuse every object")
                .help("name the configurations in `resourceNames`, and create them beside the role");
        }
    }
}

const CONFIGURATIONS: [&str; 6] = [
    "mutatingwebhookconfigurations",
    "validatingwebhookconfigurations",
    "mutatingadmissionpolicies",
    "mutatingadmissionpolicybindings",
    "validatingadmissionpolicies",
    "validatingadmissionpolicybindings",
];
