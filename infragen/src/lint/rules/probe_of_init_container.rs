use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Value;

declare_rule! {
    /// Flags probes and hooks of init containers that run to their end.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: what ends is never ready.
    ///
    /// ## Fields
    /// Probes and `lifecycle` of init containers.
    ///
    /// ## Allowed values
    /// None, unless the init container has `restartPolicy: Always`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - name: wait
    ///     image: example/wait:1.0.0
    ///     readinessProbe: {exec: {command: [ready]}}
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - name: proxy
    ///     image: example/proxy:1.0.0
    ///     restartPolicy: Always
    ///     readinessProbe: {exec: {command: [ready]}}
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    PROBE_OF_INIT_CONTAINER = {
        id: "probe-of-init-container",
        category: Admission,
        severity: Error,
        look: Container(Containers::Scheduled, probe_of_init_container),
    }
}

fn probe_of_init_container(container: &Container<'_>, findings: &mut Findings<'_>) {
    if container.is_lasting() {
        return;
    }
    for field in ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"] {
        if container.at(&[field]).is_some_and(|node| node.value != Value::Null) {
            findings
                .report(
                    container.path(&[field]),
                    format!("the init container `{}` has a `{field}`", container.name()),
                )
                .help("remove it, or set `restartPolicy: Always` to let the container go on running");
        }
    }
}
