//! What is written like an object and is none: settings of a program, a chart's description, an API server's answer, a patch.

use super::kustomization::is_kustomization;
use crate::node::{Node, Value};

/// What a patch says where it takes something away, or puts something in its place.
pub(super) const DIRECTIVE: &str = "$patch";

/// Groups that hold settings of programs, and catalogues of others; no API server serves them.
const GROUPS_OF_SETTINGS: [&str; 22] = [
    "abac.authorization.kubernetes.io",
    "apiserver.k8s.io",
    "audit.k8s.io",
    "backstage.io",
    "chainsaw.kyverno.io",
    "cli.kyverno.io",
    "client.authentication.k8s.io",
    "ctlptl.dev",
    "descheduler",
    "eksctl.io",
    "garden.io",
    "k0sctl.k0sproject.io",
    "k3d.io",
    "kapp.k14s.io",
    "kind.x-k8s.io",
    "kops.k8s.io",
    "krew.googlecontainertools.github.com",
    "kubeadm.k8s.io",
    "kuttl.dev",
    "meta.pkg.crossplane.io",
    "skaffold",
    "tanka.dev",
];

/// The groups of Kubernetes that do not say that they are.
const GROUPS_OF_KUBERNETES: [&str; 5] = ["apps", "autoscaling", "batch", "extensions", "policy"];

/// What an API server answers when it is asked for what it serves; the oldest of these answers have no version.
const ANSWERS: [&str; 4] = ["APIGroup", "APIGroupList", "APIResourceList", "APIVersions"];

/// Whether the document has an `apiVersion` or a `kind` and yet is nothing that a cluster takes.
pub(super) fn is_lookalike(node: &Node) -> bool {
    let text = |name| node.text_at(&[name]).unwrap_or_default();
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    let is_patch = node.get(DIRECTIVE).is_some();
    is_patch
        || match api_version.split_once('/') {
            // Kubernetes' own components keep their settings in `kubelet.config.k8s.io` and the like, kustomize too.
            Some((group, _)) => {
                group.ends_with(".config.k8s.io")
                    || GROUPS_OF_SETTINGS.contains(&group)
                    || is_nameless(node, group)
            }
            // Grafana, and whoever counts the versions of a format.
            None if kind.is_empty()
                && matches!(node.get("apiVersion"), Some(version) if version.as_i64().is_some()) =>
            {
                true
            }
            // What tells kube-state-metrics of somebody's own kinds.
            None if api_version.is_empty() && kind == "CustomResourceStateMetrics" => true,
            None if kind.is_empty() => is_chart(node),
            None if is_kustomization(node) => true,
            // kustomize's own transformers and generators.
            None if api_version == "builtin" => true,
            None => {
                let is_answer = matches!(api_version, "" | "v1") && ANSWERS.contains(&kind);
                // kubectl's own settings.
                let is_config = api_version == "v1" && kind == "Config";
                (is_answer || is_config) && node.get("metadata").is_none()
            }
        }
}

/// Whether somebody's own kind is written as no object is: with neither a name nor a spec.
fn is_nameless(node: &Node, group: &str) -> bool {
    let is_kubernetes = group.ends_with(".k8s.io") || GROUPS_OF_KUBERNETES.contains(&group);
    // Istio's operator is gone, and its kind is what istioctl reads.
    let is_input = group == "install.istio.io";
    !is_kubernetes && node.get("metadata").is_none() && (is_input || node.get("spec").is_none())
}

/// Whether a directive stands somewhere in it: it changes an object, and is none.
pub(super) fn is_patch(node: &Node) -> bool {
    match &node.value {
        Value::Mapping(fields) => fields.iter().any(|field| field.name == DIRECTIVE || is_patch(&field.node)),
        Value::Sequence(items) => items.iter().any(is_patch),
        _ => false,
    }
}

/// Whether it is the `Chart.yaml` of a Helm chart.
fn is_chart(node: &Node) -> bool {
    node.get("kind").is_none() && node.get("name").is_some() && node.get("version").is_some()
}

#[cfg(test)]
mod tests {
    use super::is_lookalike;
    use crate::read;

    fn node(text: &str) -> crate::node::Node {
        read::objects(text).unwrap().remove(0)
    }

    #[test]
    fn settings_are_told_from_objects() {
        let cases = [
            ("{apiVersion: kind.x-k8s.io/v1alpha4, kind: Cluster}", true),
            ("{apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration}", true),
            ("{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}", true),
            ("{apiVersion: audit.k8s.io/v1, kind: Policy}", true),
            ("{apiVersion: descheduler/v1alpha2, kind: DeschedulerPolicy}", true),
            ("{apiVersion: v1, kind: Config, clusters: []}", true),
            ("{apiVersion: 1, datasources: []}", true),
            ("{apiVersion: 1, kind: Pod}", false),
            ("{kind: CustomResourceStateMetrics, spec: {resources: []}}", true),
            ("{apiVersion: backstage.io/v1alpha1, kind: Component, metadata: {name: web}, spec: {}}", true),
            ("{apiVersion: release-notes/v2, kind: feature, area: security}", true),
            ("{apiVersion: example.com/v1, kind: Till, metadata: {name: a}}", false),
            ("{apiVersion: example.com/v1, kind: Till, spec: {}}", false),
            ("{apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, spec: {}}", true),
            ("{apiVersion: batch/v1, kind: Job}", false),
            ("{apiVersion: networking.k8s.io/v1, kind: Ingress}", false),
            ("{apiVersion: v1, kind: APIResourceList, resources: []}", true),
            ("{kind: APIVersions, versions: [v1]}", true),
            ("{kind: Config}", false),
            ("{apiVersion: v2, name: web, version: 1.0.0}", true),
            ("{apiVersion: v1, kind: Pod}", false),
            ("{apiVersion: v1, kind: Config, metadata: {name: a}}", false),
            ("{apiVersion: v1}", false),
            ("{apiVersion: builtin, kind: LabelTransformer, metadata: {name: labels}}", true),
            ("{kind: Pod, name: a, version: b}", false),
            ("{apiVersion: apps/v1, kind: Deployment}", false),
            ("{apiVersion: rbac.authorization.k8s.io/v1, kind: Role}", false),
            ("{apiVersion: cluster.x-k8s.io/v1beta1, kind: Cluster, metadata: {name: a}}", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_lookalike(&node(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_patch_says_so_anywhere() {
        let file = |text: &str| read::file(std::path::Path::new("a.yaml"), text.as_bytes()).unwrap();
        for text in [
            "{kind: Pod, $patch: delete}",
            "{kind: Pod, spec: {containers: [{name: a, ports: [{$patch: delete}]}]}}",
        ] {
            assert_eq!((file(text).documents.len(), file(text).others), (0, 1), "{text}");
        }
        assert_eq!(file("{kind: Pod, metadata: {name: $patch}}").documents.len(), 1);
    }
}
