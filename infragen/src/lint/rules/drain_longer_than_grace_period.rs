use crate::lint::Containers;
use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Container;
use crate::node::Node;

declare_rule! {
    /// Flags Pods whose containers still wait to be stopped when their time is up.
    ///
    /// ## Why is this bad?
    /// The grace period counts from before the hook. When the hook ends there is no time left, and the program is
    /// killed without having finished what it was at.
    ///
    /// ## Fields
    /// `lifecycle.preStop.sleep.seconds` and each `sleep` in `lifecycle.preStop.exec.command` of containers that go on
    /// running; `terminationGracePeriodSeconds`, which is 30 by default.
    ///
    /// ## Allowed values
    /// A grace period that is longer than all sleeps of the hook together.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   terminationGracePeriodSeconds: 30
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     lifecycle: {preStop: {exec: {command: [sleep, "30"]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   terminationGracePeriodSeconds: 60
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     lifecycle: {preStop: {exec: {command: [sleep, "30"]}}}
    /// ```
    DRAIN_LONGER_THAN_GRACE_PERIOD = {
        id: "drain-longer-than-grace-period",
        category: Practice,
        severity: Warning,
        covers: ["OBJ-42", "SRV-18"],
        look: Container(Containers::Lasting, drain_longer_than_grace_period),
    }
}

fn drain_longer_than_grace_period(container: &Container<'_>, findings: &mut Findings<'_>) {
    let hook = ["lifecycle", "preStop"];
    let Some(pre_stop) = container.at(&hook) else { return };
    let grace = container.workload.pod(&["terminationGracePeriodSeconds"]);
    let grace = grace.map_or(Some(30), Node::as_i64).unwrap_or(i64::MAX);
    let slept = match pre_stop.at(&["sleep", "seconds"]).and_then(Node::as_i64) {
        // The API server refuses more.
        Some(seconds) if seconds > grace => return,
        Some(seconds) => seconds,
        None => slept(pre_stop.at(&["exec", "command"]).map_or(&[][..], Node::items)),
    };
    if slept > 0 && slept >= grace {
        let name = container.name();
        let message =
            format!("container `{name}` sleeps `{slept}` of the `{grace}` seconds in which it must stop");
        findings
            .report(container.path(&hook), message)
            .help("set `terminationGracePeriodSeconds` to the sleep and what the program needs to finish");
    }
}

/// The seconds that the commands of a hook sleep, whether by themselves or in a shell's script.
fn slept(command: &[Node]) -> i64 {
    let words =
        command.iter().filter_map(Node::as_str).flat_map(|text| text.split([' ', ';', '\n', '&', '|']));
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let sleeps = words.windows(2).filter(|pair| pair[0] == "sleep" || pair[0].ends_with("/sleep"));
    sleeps.filter_map(|pair| pair[1].trim_end_matches('s').parse::<i64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::DRAIN_LONGER_THAN_GRACE_PERIOD;
    use crate::lint::testing::finds;

    #[test]
    fn every_sleep_counts() {
        let cases = [
            ("{exec: {command: [/bin/sleep, \"30\"]}}", "30", true),
            ("{exec: {command: [sh, -c, \"sleep 20; nginx -s quit; sleep 10\"]}}", "30", true),
            ("{exec: {command: [sh, -c, \"sleep 20s && kill 1\"]}}", "30", false),
            ("{exec: {command: [sh, -c, \"sleep $DELAY\"]}}", "30", false),
            ("{sleep: {seconds: 30}}", "30", true),
            ("{sleep: {seconds: 31}}", "30", false),
            ("{sleep: {seconds: 5}}", "30", false),
            ("{httpGet: {port: 80}}", "1", false),
        ];
        for (hook, grace, expected) in cases {
            let yaml = format!(
                "kind: Pod\nspec: {{terminationGracePeriodSeconds: {grace}, containers: [{{name: c, lifecycle: {{preStop: {hook}}}}}]}}\n"
            );
            assert_eq!(finds(&DRAIN_LONGER_THAN_GRACE_PERIOD, &yaml), expected, "{hook}");
        }
        assert!(finds(
            &DRAIN_LONGER_THAN_GRACE_PERIOD,
            "kind: Pod\nspec: {containers: [{lifecycle: {preStop: {sleep: {seconds: 30}}}}]}\n"
        ));
    }
}
