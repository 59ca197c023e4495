use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags Pods and containers that run in the group of root.
    ///
    /// ## Why is this bad?
    /// Files that belong to the group of root, in images and on mounted volumes, are open to such a process; many of
    /// them may be written by the group.
    ///
    /// ## Fields
    /// `securityContext.runAsGroup` of Pods and containers; `securityContext.fsGroup` and
    /// `securityContext.supplementalGroups[]` of Pods.
    ///
    /// ## Allowed values
    /// Numbers other than 0.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     securityContext: {runAsGroup: 0}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {supplementalGroups: [1000, 0]}
    ///   containers: []
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     securityContext: {runAsUser: 65532, runAsGroup: 65532}
    /// ```
    ROOT_GROUP = {
        id: "root-group",
        category: Practice,
        severity: Warning,
        covers: ["SEC-07"],
        look: Workload(&[], root_group),
    }
}

fn root_group(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let mut report = |path: FieldPath, whose: String| {
        findings
            .report(path, format!("{whose} is in the group of root"))
            .help("name another group, such as `65532`");
    };
    let is_root = |node: Option<&Node>| node.and_then(Node::as_i64) == Some(0);
    for field in ["runAsGroup", "fsGroup"] {
        let names = ["securityContext", field];
        if is_root(workload.pod(&names)) {
            report(workload.pod_path(&names), "every container".to_owned());
        }
    }
    let names = ["securityContext", "supplementalGroups"];
    for (index, group) in workload.pod(&names).map_or(&[][..], Node::items).iter().enumerate() {
        if is_root(Some(group)) {
            report(workload.pod_path(&names).index(index), "every container".to_owned());
        }
    }
    for container in workload.containers() {
        let names = ["securityContext", "runAsGroup"];
        if is_root(container.at(&names)) {
            report(container.path(&names), format!("container `{}`", container.name()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ROOT_GROUP;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("securityContext: {fsGroup: 0}", true),
            ("securityContext: {runAsGroup: 0}", true),
            ("securityContext: {fsGroup: 1}", false),
            ("securityContext: {runAsUser: 0}", false),
            ("containers: [{name: a, securityContext: {runAsGroup: 10}}]", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{{case}}}");
            assert_eq!(finds(&ROOT_GROUP, &yaml), expected, "{case}");
        }
    }
}
