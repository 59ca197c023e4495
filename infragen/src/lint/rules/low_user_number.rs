use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags users and groups whose number is below 10000.
    ///
    /// ## Why is this bad?
    /// The node has users of such numbers too. Whoever breaks out of the container is one of them there, and owns their
    /// files.
    ///
    /// ## Fields
    /// `securityContext.runAsUser` and `securityContext.runAsGroup` of Pods and containers. Root has rules of its own.
    ///
    /// ## Allowed values
    /// Numbers from 10000 on.
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
    ///     securityContext: {runAsUser: 1000}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     securityContext: {runAsUser: 65532}
    /// ```
    LOW_USER_NUMBER = {
        id: "low-user-number",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["SEC-05", "SEC-06"],
        look: Workload(&[], low_user_number),
    }
}

fn low_user_number(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let mut report = |number: Option<&Node>, path: FieldPath| {
        let Some(number) = number.and_then(Node::as_i64).filter(|number| (1..10_000).contains(number)) else {
            return;
        };
        findings
            .report(path, format!("the number `{number}` may be somebody's on the node"))
            .help("take a number from 10000 on");
    };
    for field in ["runAsUser", "runAsGroup"] {
        let names = ["securityContext", field];
        report(workload.pod(&names), workload.pod_path(&names));
        for container in workload.containers() {
            report(container.at(&names), container.path(&names));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LOW_USER_NUMBER;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("securityContext: {runAsUser: 9999}", true),
            ("securityContext: {runAsUser: 10000}", false),
            ("securityContext: {runAsUser: 0}", false),
            ("containers: [{name: a, securityContext: {runAsGroup: 1}}]", true),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{{case}}}");
            assert_eq!(finds(&LOW_USER_NUMBER, &yaml), expected, "{case}");
        }
    }
}
