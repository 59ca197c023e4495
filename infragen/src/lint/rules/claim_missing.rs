use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags Pods that mount a claim which does not exist.
    ///
    /// ## Why is this bad?
    /// The Pod stays pending until somebody makes the claim.
    ///
    /// ## Fields
    /// `volumes[].persistentVolumeClaim.claimName` of Pods and Pod templates.
    ///
    /// ## Allowed values
    /// A PersistentVolumeClaim of the same namespace or of an external, or one that a StatefulSet makes from its
    /// `volumeClaimTemplates`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: db}
    /// spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: dta}}]}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 1Gi}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: db}
    /// spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 1Gi}}}
    /// ```
    CLAIM_MISSING = {
        id: "claim-missing",
        category: Reference,
        severity: Error,
        covers: ["REF-03", "OBJ-11"],
        look: Bundle(claim_missing),
    }
}

fn claim_missing(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        let volumes = workload.pod(&["volumes"]).map_or(&[][..], Node::items);
        for (index, volume) in volumes.iter().enumerate() {
            let field = ["persistentVolumeClaim", "claimName"];
            let Some(name) = volume.text_at(&field).filter(|name| !graph.has_claim(workload, name)) else {
                continue;
            };
            let path = workload.pod_path(&["volumes"]).index(index).fields(&field);
            findings
                .report_on(workload, path, format!("there is no PersistentVolumeClaim `{name}`"))
                .help(format!("add the PersistentVolumeClaim `{name}`, or declare it as an external"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CLAIM_MISSING;
    use crate::lint::testing::finds;

    #[test]
    fn a_claim_may_be_made_by_somebody_else() {
        let cases = [
            ("mine", false),
            ("none", true),
            ("elsewhere", false),
            ("imported", false),
            ("data-db-0", false),
            ("data-db-12", false),
            ("data-db-x", true),
            ("logs-db-0", true),
        ];
        for (name, expected) in cases {
            let yaml = format!(
                "kind: Pod\nmetadata: {{name: p}}\nspec: {{volumes: [{{persistentVolumeClaim: {{claimName: {name}}}}}, {{emptyDir: {{}}}}]}}\n\
                 ---\nkind: PersistentVolumeClaim\nmetadata: {{name: mine}}\n---\nkind: DataVolume\nmetadata: {{name: imported}}\n---\n\
                 kind: StatefulSet\nmetadata: {{name: db}}\nspec: {{template: {{}}, volumeClaimTemplates: [{{metadata: {{name: data}}}}]}}\n---\n\
                 apiVersion: infragen.dev/v1\nkind: Facts\nexternals: [{{kind: PersistentVolumeClaim, name: elsewhere}}]\n"
            );
            assert_eq!(finds(&CLAIM_MISSING, &yaml), expected, "{name}");
        }
    }
}
