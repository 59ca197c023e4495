use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Value;

declare_rule! {
    /// Flags probes and hooks that do not have exactly one handler.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: it cannot tell what to call.
    ///
    /// ## Fields
    /// `livenessProbe`, `readinessProbe`, `startupProbe`, `lifecycle.postStart` and `lifecycle.preStop` of containers.
    ///
    /// ## Allowed values
    /// One of `exec`, `httpGet`, `tcpSocket` and `grpc`; for hooks one of `exec`, `httpGet`, `tcpSocket` and `sleep`.
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
    ///     livenessProbe: {periodSeconds: 5}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     livenessProbe: {tcpSocket: {port: 80}, httpGet: {port: 80}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     livenessProbe: {httpGet: {port: 80}}
    /// ```
    AMBIGUOUS_HANDLER = {
        id: "ambiguous-handler",
        category: Admission,
        severity: Error,
        look: Container(Containers::Scheduled, ambiguous_handler),
    }
}

const PROBES: [&[&str]; 3] = [&["livenessProbe"], &["readinessProbe"], &["startupProbe"]];
const HOOKS: [&[&str]; 2] = [&["lifecycle", "postStart"], &["lifecycle", "preStop"]];

fn ambiguous_handler(container: &Container<'_>, findings: &mut Findings<'_>) {
    let probes = PROBES.map(|place| (place, ["exec", "httpGet", "tcpSocket", "grpc"]));
    let hooks = HOOKS.map(|place| (place, ["exec", "httpGet", "tcpSocket", "sleep"]));
    for (place, handlers) in probes.into_iter().chain(hooks) {
        let Some(node) = container.at(place).filter(|node| matches!(node.value, Value::Mapping(_))) else {
            continue;
        };
        let count = handlers
            .iter()
            .filter(|handler| node.get(handler).is_some_and(|node| node.value != Value::Null))
            .count();
        if count != 1 {
            let (what, name) = (place.last().copied().unwrap_or_default(), container.name());
            findings
                .report(
                    container.path(place),
                    format!("`{what}` of container `{name}` has {count} handlers in place of one"),
                )
                .help(format!("set one of `{}`", handlers.join("`, `")));
        }
    }
}
