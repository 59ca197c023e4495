use crate::lint::findings::Findings;
use crate::lint::graph::{Graph, Target};
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags workloads that run as a service account which does not exist.
    ///
    /// ## Why is this bad?
    /// The API server refuses every Pod of the workload, and the rollout hangs without one.
    ///
    /// ## Fields
    /// `serviceAccountName` of Pods and Pod templates.
    ///
    /// ## Allowed values
    /// The name of a ServiceAccount in the same namespace or of an external one; `default`, which always exists.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {serviceAccountName: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {serviceAccountName: web}
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// ```
    DANGLING_SERVICE_ACCOUNT = {
        id: "dangling-service-account",
        category: Reference,
        severity: Error,
        covers: ["SA-04", "OBJ-13"],
        look: Bundle(dangling_service_account),
    }
}

fn dangling_service_account(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        let field = ["serviceAccountName"];
        let Some(name) = workload.pod(&field).and_then(|node| node.as_str()) else { continue };
        if name != "default" && matches!(graph.target(workload, "ServiceAccount", name), Target::Nothing) {
            findings
                .report_on(
                    workload,
                    workload.pod_path(&field),
                    format!("there is no service account `{name}`"),
                )
                .help(format!("add the ServiceAccount `{name}`, or declare it as an external"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DANGLING_SERVICE_ACCOUNT;
    use crate::lint::testing::finds;

    #[test]
    fn what_always_exists_or_lives_elsewhere_is_there() {
        for (name, expected) in [("default", false), ("elsewhere", false), ("none", true)] {
            let yaml = format!(
                "kind: Pod\nspec: {{serviceAccountName: {name}}}\n---\napiVersion: infragen.dev/v1\nkind: Facts\n\
                 externals: [{{kind: ServiceAccount, name: elsewhere}}, {{kind: Secret, name: none}}]\n"
            );
            assert_eq!(finds(&DANGLING_SERVICE_ACCOUNT, &yaml), expected, "{name}");
        }
    }
}
