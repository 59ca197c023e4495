use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Keys};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Secrets for pulling images that do not exist.
    ///
    /// ## Why is this bad?
    /// The kubelet pulls without credentials. Where the image is not public, the Pod never starts.
    ///
    /// ## Fields
    /// `imagePullSecrets[].name` of Pods, Pod templates and ServiceAccounts, in environments: elsewhere such Secrets
    /// are mostly made by hand.
    ///
    /// ## Allowed values
    /// A Secret of the same namespace, one that a controller makes, or an external.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {imagePullSecrets: [{name: registry}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {imagePullSecrets: [{name: registry}]}
    /// ---
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: registry}
    /// type: kubernetes.io/dockerconfigjson
    /// ```
    IMAGE_PULL_SECRET_MISSING = {
        id: "image-pull-secret-missing",
        category: Reference,
        severity: Warning,
        covers: ["IMG-05"],
        look: Bundle(image_pull_secret_missing),
    }
}

fn image_pull_secret_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    if !graph.is_complete() {
        return;
    }
    const FIELD: &str = "imagePullSecrets";
    let pods = graph.workloads().iter();
    let of_pods = pods.map(|workload| (workload.object, workload.pod(&[FIELD]), workload.pod_path(&[FIELD])));
    let accounts = graph.of_kind("ServiceAccount");
    let of_accounts = accounts.map(|account| (*account, account.at(&[FIELD]), account.path(&[FIELD])));
    for (object, list, path) in of_pods.chain(of_accounts) {
        for (index, reference) in list.map_or(&[][..], Node::items).iter().enumerate() {
            let Some(name) = reference.text_at(&["name"]) else { continue };
            if graph.keys(&object, "Secret", name) == Keys::NoObject {
                findings
                    .report_on(
                        &object,
                        path.index(index).field("name"),
                        format!("there is no Secret `{name}`"),
                    )
                    .help(format!("add the Secret `{name}`, or declare it as an external"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IMAGE_PULL_SECRET_MISSING;
    use crate::lint::testing::{finds, messages_of_foreign};

    #[test]
    fn accounts_are_looked_at_and_foreign_documents_are_not() {
        let account = "kind: ServiceAccount\nimagePullSecrets: [{name: registry}]\n";
        assert!(finds(&IMAGE_PULL_SECRET_MISSING, account));
        assert!(messages_of_foreign(&IMAGE_PULL_SECRET_MISSING, account).is_empty());
    }
}
