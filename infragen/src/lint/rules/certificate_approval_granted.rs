use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, grants};

declare_rule! {
    /// Flags roles that approve requests for certificates.
    ///
    /// ## Why is this bad?
    /// Whoever may approve a request and make one has a certificate that the API server trusts: for any user, for any
    /// node.
    ///
    /// ## Fields
    /// `rules` of Roles and ClusterRoles without `resourceNames`.
    ///
    /// ## Allowed values
    /// Other verbs and resources; `resourceNames` of the signers that are meant.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update]}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: web}
    /// rules:
    /// - {apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests], verbs: [create, get]}
    /// ```
    CERTIFICATE_APPROVAL_GRANTED = {
        id: "certificate-approval-granted",
        category: Practice,
        severity: Warning,
        covers: ["RBC-07"],
        look: Object(&["Role", "ClusterRole"], certificate_approval_granted),
    }
}

fn certificate_approval_granted(object: &Object<'_>, findings: &mut Findings<'_>) {
    let groups = ["certificates.k8s.io"];
    for grant in grants(object) {
        let approves =
            grant.names(&groups, &["certificatesigningrequests/approval"], &["update", "patch", "*"]);
        if approves || grant.names(&groups, &["signers"], &["approve", "*"]) {
            findings
                .report(grant.path, "the role approves requests for certificates")
                .help("leave the approval to people, or name the signers in `resourceNames`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CERTIFICATE_APPROVAL_GRANTED;
    use crate::lint::testing::messages;

    #[test]
    fn a_signer_of_ones_own_may_be_approved() {
        for (names, count) in [("", 1), (", resourceNames: [example.com/web]", 0)] {
            let yaml = format!(
                "kind: ClusterRole\nrules: [{{apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve]{names}}}]"
            );
            assert_eq!(messages(&CERTIFICATE_APPROVAL_GRANTED, &yaml).len(), count, "{names}");
        }
    }
}
