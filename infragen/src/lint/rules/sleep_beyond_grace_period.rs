use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags `preStop` and `postStart` hooks that sleep longer than the Pod has to end.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: its containers would be killed asleep.
    ///
    /// ## Fields
    /// `lifecycle.preStop.sleep.seconds`, `lifecycle.postStart.sleep.seconds` and `terminationGracePeriodSeconds`.
    ///
    /// ## Allowed values
    /// From 0 to the grace period, which is 30 where none is set.
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
    ///     lifecycle: {preStop: {sleep: {seconds: 45}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     lifecycle: {preStop: {sleep: {seconds: 5}}}
    /// ```
    SLEEP_BEYOND_GRACE_PERIOD = {
        id: "sleep-beyond-grace-period",
        category: Admission,
        severity: Error,
        covers: ["SRV-18"],
        look: Container(Containers::Scheduled, sleep_beyond_grace_period),
    }
}

fn sleep_beyond_grace_period(container: &Container<'_>, findings: &mut Findings<'_>) {
    let grace =
        container.workload.pod(&["terminationGracePeriodSeconds"]).and_then(Node::as_i64).unwrap_or(30);
    // The server mends a negative period to a second.
    let grace = if grace < 0 { 1 } else { grace };
    for hook in ["preStop", "postStart"] {
        let place = ["lifecycle", hook, "sleep", "seconds"];
        let seconds = container.at(&place).and_then(Node::as_i64);
        if let Some(seconds) = seconds.filter(|seconds| !(0..=grace).contains(seconds)) {
            findings
                .report(
                    container.path(&place),
                    format!(
                        "`{hook}` of container `{}` sleeps {seconds} s, and the Pod has {grace} s to end",
                        container.name()
                    ),
                )
                .help("sleep less, or raise `terminationGracePeriodSeconds`");
        }
    }
}
