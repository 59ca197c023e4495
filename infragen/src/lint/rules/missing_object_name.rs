use crate::lint::findings::Findings;
use crate::lint::grammar::group;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags objects without a name.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `metadata.name` and `metadata.generateName` of every object.
    ///
    /// ## Allowed values
    /// A name, or with `generateName` the beginning of one that the API server makes.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {labels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    MISSING_OBJECT_NAME = {
        id: "missing-object-name",
        category: Admission,
        severity: Error,
        covers: ["NAM-01"],
        look: Object(&[], missing_object_name),
    }
}

/// Kinds that need none: most are sent and answered, never kept.
const NAMELESS: [&str; 8] = [
    // The server makes up a name for it.
    "LimitRange",
    "SubjectAccessReview",
    "SelfSubjectAccessReview",
    "SelfSubjectRulesReview",
    "LocalSubjectAccessReview",
    "SelfSubjectReview",
    "TokenReview",
    "TokenRequest",
];

fn missing_object_name(object: &Object<'_>, findings: &mut Findings<'_>) {
    // What has no version, or keeps its settings elsewhere, such as a Kustomization, is no object of a server.
    let is_object = object.api_version.contains('/') || object.api_version == "v1";
    let is_local =
        object.api_version.contains("kustomize.config.k8s.io") || object.kind.ends_with("Configuration");
    let own = !is_local || group::is_own(object.api_version) && object.api_version.contains('.');
    if object.name.is_empty()
        && is_object
        && own
        && !NAMELESS.contains(&object.kind)
        && !object.kind.is_empty()
    {
        findings
            .report(object.path(&["metadata", "name"]), format!("this {} has no name", object.kind))
            .help("set `metadata.name`");
    }
}

#[cfg(test)]
mod tests {
    use super::MISSING_OBJECT_NAME;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_no_object_of_a_server_is_left_alone() {
        let cases = [
            ("{apiVersion: v1, kind: Secret}", true),
            ("{apiVersion: v1, kind: Secret, metadata: {name: ''}}", true),
            ("{apiVersion: batch/v1, kind: Job, metadata: {generateName: web-}}", false),
            ("{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}", false),
            ("{apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration}", false),
            ("{apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration}", false),
            ("{apiVersion: authentication.k8s.io/v1, kind: TokenReview}", false),
        ];
        for (yaml, expected) in cases {
            assert_eq!(finds(&MISSING_OBJECT_NAME, yaml), expected, "{yaml}");
        }
    }
}
