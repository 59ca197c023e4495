use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags containers that must not run as root, where only the image says who they run as.
    ///
    /// ## Why is this bad?
    /// The kubelet can only tell a number from root: it refuses to start a container whose image says `USER app`, with
    /// `container has runAsNonRoot and image has non-numeric user`. Where the image names a number all is well, which
    /// no manifest shows: therefore the rule is optional.
    ///
    /// ## Fields
    /// `securityContext.runAsUser` of Pods and containers, where `securityContext.runAsNonRoot` is `true`.
    ///
    /// ## Allowed values
    /// A number other than 0.
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
    ///     securityContext: {runAsNonRoot: true}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     securityContext: {runAsNonRoot: true, runAsUser: 65532}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsNonRoot: true, runAsUser: 65532}
    ///   containers: [{name: web, image: "example/web:1.2.0"}]
    /// ```
    NON_ROOT_WITHOUT_USER_NUMBER = {
        id: "non-root-without-user-number",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        look: Container(Containers::Every, non_root_without_user_number),
    }
}

fn non_root_without_user_number(container: &Container<'_>, findings: &mut Findings<'_>) {
    let either = |name: &str| {
        let own = container.at(&["securityContext", name]);
        own.or_else(|| container.workload.pod(&["securityContext", name]))
    };
    let is_non_root = either("runAsNonRoot").and_then(Node::as_bool) == Some(true);
    if is_non_root && either("runAsUser").is_none() {
        findings
            .report(
                container.path(&["securityContext", "runAsUser"]),
                format!("container `{}` starts only if its image names its user by number", container.name()),
            )
            .help("set `securityContext.runAsUser` to the user's number");
    }
}
