use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags liveness and startup probes that ask for more than one success.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: a container is alive, or has started, with the first success.
    ///
    /// ## Fields
    /// `successThreshold` of `livenessProbe` and `startupProbe`.
    ///
    /// ## Allowed values
    /// 1, or nothing. A `readinessProbe` may ask for more.
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
    ///     livenessProbe: {httpGet: {port: 80}, successThreshold: 2}
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
    ///     readinessProbe: {httpGet: {port: 80}, successThreshold: 2}
    /// ```
    SUCCESS_THRESHOLD_ABOVE_ONE = {
        id: "success-threshold-above-one",
        category: Admission,
        severity: Error,
        covers: ["SRV-05"],
        look: Container(Containers::Scheduled, success_threshold_above_one),
    }
}

fn success_threshold_above_one(container: &Container<'_>, findings: &mut Findings<'_>) {
    for probe in ["livenessProbe", "startupProbe"] {
        let place = [probe, "successThreshold"];
        if let Some(count) = container.at(&place).and_then(Node::as_i64).filter(|count| *count > 1) {
            findings
                .report(
                    container.path(&place),
                    format!("`{probe}` of container `{}` asks for {count} successes", container.name()),
                )
                .help("remove `successThreshold`: it must be 1 here");
        }
    }
}
