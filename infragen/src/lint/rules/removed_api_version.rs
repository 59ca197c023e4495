use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::schema::{Defect, Kind, Version, nearest_kind};

declare_rule! {
    /// Flags API versions that Kubernetes no longer serves.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: after an upgrade of the cluster nothing of it can be applied any more.
    ///
    /// ## Fields
    /// `apiVersion`.
    ///
    /// ## Allowed values
    /// Those that each version of Kubernetes that is asked about serves for the kind.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: extensions/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    /// ```yaml bad
    /// apiVersion: policy/v1beta1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1}
    /// ```
    REMOVED_API_VERSION = {
        id: "removed-api-version",
        category: Schema,
        severity: Error,
        covers: ["API-02"],
        look: Schema(removed_api_version),
    }
}

fn removed_api_version(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::Removed { life } = misfit.fault.defect else { return };
    let (api_version, kind) = (misfit.object.api_version, misfit.object.kind);
    let since =
        life.and_then(|life| life.removed).map(|minor| format!(" since 1.{minor}")).unwrap_or_default();
    let message =
        format!("`{kind}` of `{api_version}` is not served by {}: it is gone{since}", misfit.versions());
    let newest = misfit.fault.versions.last().copied().unwrap_or(Version::newest());
    let announced = life
        .and_then(|life| life.replacement)
        .filter(|(version, name)| Kind::find(version, name).is_some_and(|kind| kind.is_in(newest)));
    let near = || nearest_kind(api_version, kind, newest).filter(|near| near.name() == kind);
    let help = match announced.or_else(|| near().map(|near| (near.api_version(), near.name()))) {
        Some((version, name)) if name == kind => format!("write `apiVersion: {version}`"),
        Some((version, name)) => format!("use `{name}` of `{version}`"),
        None => "nothing replaces it".to_owned(),
    };
    findings.report(misfit.path(), message).help(help);
}

#[cfg(test)]
mod tests {
    use super::REMOVED_API_VERSION;
    use crate::lint::testing::found;

    /// The guide to API versions that are gone, row by row.
    #[test]
    fn what_is_gone_is_told_with_what_replaces_it() {
        let cases = [
            (
                "flowcontrol.apiserver.k8s.io/v1beta3",
                "FlowSchema",
                32,
                "write `apiVersion: flowcontrol.apiserver.k8s.io/v1`",
            ),
            (
                "flowcontrol.apiserver.k8s.io/v1beta2",
                "FlowSchema",
                29,
                "write `apiVersion: flowcontrol.apiserver.k8s.io/v1`",
            ),
            ("autoscaling/v2beta2", "HorizontalPodAutoscaler", 26, "write `apiVersion: autoscaling/v2`"),
            ("autoscaling/v2beta1", "HorizontalPodAutoscaler", 25, "write `apiVersion: autoscaling/v2`"),
            ("batch/v1beta1", "CronJob", 25, "write `apiVersion: batch/v1`"),
            ("discovery.k8s.io/v1beta1", "EndpointSlice", 25, "write `apiVersion: discovery.k8s.io/v1`"),
            ("events.k8s.io/v1beta1", "Event", 25, "write `apiVersion: events.k8s.io/v1`"),
            ("policy/v1beta1", "PodDisruptionBudget", 25, "write `apiVersion: policy/v1`"),
            ("policy/v1beta1", "PodSecurityPolicy", 25, "nothing replaces it"),
            ("node.k8s.io/v1beta1", "RuntimeClass", 25, "write `apiVersion: node.k8s.io/v1`"),
            ("storage.k8s.io/v1beta1", "CSIStorageCapacity", 27, "write `apiVersion: storage.k8s.io/v1`"),
            (
                "admissionregistration.k8s.io/v1beta1",
                "ValidatingWebhookConfiguration",
                22,
                "write `apiVersion: admissionregistration.k8s.io/v1`",
            ),
            (
                "apiextensions.k8s.io/v1beta1",
                "CustomResourceDefinition",
                22,
                "write `apiVersion: apiextensions.k8s.io/v1`",
            ),
            (
                "apiregistration.k8s.io/v1beta1",
                "APIService",
                22,
                "write `apiVersion: apiregistration.k8s.io/v1`",
            ),
            (
                "certificates.k8s.io/v1beta1",
                "CertificateSigningRequest",
                22,
                "write `apiVersion: certificates.k8s.io/v1`",
            ),
            ("coordination.k8s.io/v1beta1", "Lease", 22, "write `apiVersion: coordination.k8s.io/v1`"),
            ("extensions/v1beta1", "Ingress", 22, "write `apiVersion: networking.k8s.io/v1`"),
            ("networking.k8s.io/v1beta1", "Ingress", 22, "write `apiVersion: networking.k8s.io/v1`"),
            ("networking.k8s.io/v1beta1", "IngressClass", 22, "write `apiVersion: networking.k8s.io/v1`"),
            (
                "rbac.authorization.k8s.io/v1beta1",
                "ClusterRole",
                22,
                "write `apiVersion: rbac.authorization.k8s.io/v1`",
            ),
            ("scheduling.k8s.io/v1beta1", "PriorityClass", 22, "write `apiVersion: scheduling.k8s.io/v1`"),
            ("storage.k8s.io/v1beta1", "StorageClass", 22, "write `apiVersion: storage.k8s.io/v1`"),
            ("extensions/v1beta1", "NetworkPolicy", 16, "write `apiVersion: networking.k8s.io/v1`"),
            ("extensions/v1beta1", "Deployment", 16, "write `apiVersion: apps/v1`"),
            ("apps/v1beta1", "StatefulSet", 16, "write `apiVersion: apps/v1`"),
            ("apps/v1beta2", "DaemonSet", 16, "write `apiVersion: apps/v1`"),
        ];
        for (api_version, kind, since, expected) in cases {
            let found = found(&REMOVED_API_VERSION, &format!("{{apiVersion: {api_version}, kind: {kind}}}"));
            assert_eq!(found.len(), 1, "{api_version} {kind}");
            assert_eq!(found[0].help, expected, "{api_version} {kind}");
            assert!(found[0].message.ends_with(&format!("gone since 1.{since}")), "{}", found[0].message);
        }
    }
}
