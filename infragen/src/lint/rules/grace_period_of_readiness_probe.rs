use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags readiness probes that say how long a container may take to end.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: a container that is not ready is not ended.
    ///
    /// ## Fields
    /// `readinessProbe.terminationGracePeriodSeconds` of containers.
    ///
    /// ## Allowed values
    /// None.
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
    ///     readinessProbe: {httpGet: {port: 80}, terminationGracePeriodSeconds: 5}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     livenessProbe: {httpGet: {port: 80}, terminationGracePeriodSeconds: 5}
    /// ```
    GRACE_PERIOD_OF_READINESS_PROBE = {
        id: "grace-period-of-readiness-probe",
        category: Admission,
        severity: Error,
        covers: ["SRV-18"],
        look: Container(Containers::Scheduled, grace_period_of_readiness_probe),
    }
}

fn grace_period_of_readiness_probe(container: &Container<'_>, findings: &mut Findings<'_>) {
    let place = ["readinessProbe", "terminationGracePeriodSeconds"];
    if container.at(&place).and_then(Node::as_i64).is_some() {
        findings
            .report(
                container.path(&place),
                format!("the readiness probe of `{}` ends nothing", container.name()),
            )
            .help("remove it, or move it to the `livenessProbe`");
    }
}
