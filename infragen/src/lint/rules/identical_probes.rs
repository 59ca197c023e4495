use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers whose liveness and readiness probes are the same.
    ///
    /// ## Why is this bad?
    /// Both fail at once: a container that only needed to be left alone for a while is killed instead, and with it the
    /// work that it was busy with. Under load one falls after the other.
    ///
    /// ## Fields
    /// `livenessProbe` and `readinessProbe` of containers that go on running.
    ///
    /// ## Allowed values
    /// Probes that differ in what they ask, or in how long they bear it.
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
    ///     livenessProbe: {httpGet: {path: /, port: 8080}}
    ///     readinessProbe: {httpGet: {path: /, port: 8080}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     livenessProbe: {httpGet: {path: /, port: 8080}, failureThreshold: 10}
    ///     readinessProbe: {httpGet: {path: /, port: 8080}}
    /// ```
    IDENTICAL_PROBES = {
        id: "identical-probes",
        category: Practice,
        severity: Warning,
        covers: ["PRB-03"],
        look: Container(Containers::Lasting, identical_probes),
    }
}

fn identical_probes(container: &Container<'_>, findings: &mut Findings<'_>) {
    let probe = |name: &str| container.at(&[name]);
    let (Some(liveness), Some(readiness)) = (probe("livenessProbe"), probe("readinessProbe")) else { return };
    if liveness == readiness {
        findings
            .report(
                container.path(&["livenessProbe"]),
                format!("container `{}` is killed at the moment at which it is not ready", container.name()),
            )
            .help("let the liveness probe ask less, or bear more failures");
    }
}

#[cfg(test)]
mod tests {
    use super::IDENTICAL_PROBES;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("livenessProbe: {exec: {command: [a]}}, readinessProbe: {exec: {command: [a]}}", true),
            (
                "livenessProbe: {exec: {command: [a]}, periodSeconds: 20}, readinessProbe: {exec: {command: [a]}}",
                false,
            ),
            ("readinessProbe: {exec: {command: [a]}}", false),
            ("image: a", false),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{containers: [{{name: a, {case}}}]}}");
            assert_eq!(finds(&IDENTICAL_PROBES, &yaml), expected, "{case}");
        }
    }
}
