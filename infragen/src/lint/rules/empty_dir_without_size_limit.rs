use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags `emptyDir` volumes without a size limit.
    ///
    /// ## Why is this bad?
    /// What is written there fills the disk of the node, or its memory with `medium: Memory`, and the kubelet evicts
    /// other Pods too before it finds the one that did it.
    ///
    /// ## Fields
    /// `volumes[].emptyDir.sizeLimit` of Pods.
    ///
    /// ## Allowed values
    /// Any quantity.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: []
    ///   volumes: [{name: cache, emptyDir: {}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: []
    ///   volumes: [{name: cache, emptyDir: {sizeLimit: 1Gi}}]
    /// ```
    EMPTY_DIR_WITHOUT_SIZE_LIMIT = {
        id: "empty-dir-without-size-limit",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["RES-13"],
        look: Workload(&[], empty_dir_without_size_limit),
    }
}

fn empty_dir_without_size_limit(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    for (index, volume) in workload.pod(&["volumes"]).map_or(&[][..], Node::items).iter().enumerate() {
        let Some(empty) = volume.get("emptyDir") else { continue };
        if empty.get("sizeLimit").is_none() {
            let name = volume.text_at(&["name"]).unwrap_or_default();
            let path = workload.pod_path(&["volumes"]).index(index).field("emptyDir");
            findings
                .report(path, format!("the `emptyDir` volume `{name}` may grow without end"))
                .help("set `sizeLimit`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EMPTY_DIR_WITHOUT_SIZE_LIMIT;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("volumes: [{name: a, emptyDir: {medium: Memory}}]", true),
            ("volumes: [{name: a, emptyDir: null}]", true),
            ("volumes: [{name: a, emptyDir: {sizeLimit: 1Gi}}]", false),
            ("volumes: [{name: a, configMap: {name: b}}]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{{case}}}");
            assert_eq!(finds(&EMPTY_DIR_WITHOUT_SIZE_LIMIT, &yaml), expected, "{case}");
        }
    }
}
