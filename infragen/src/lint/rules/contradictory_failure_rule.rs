use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags policies of a Job about failures whose rules no failure can meet, or that its Pods do not suit.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Job.
    ///
    /// ## Fields
    /// `podFailurePolicy` of Jobs, with `podReplacementPolicy` and the `restartPolicy` of its Pods.
    ///
    /// ## Allowed values
    /// In each rule one of `onExitCodes` and `onPodConditions`. Exit codes in ascending order, each once, and no 0 with `In`; a
    /// container of the Pod. `action: FailIndex` beside `backoffLimitPerIndex`. `podReplacementPolicy: Failed`, and
    /// `restartPolicy: Never`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: load}
    /// spec:
    ///   podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [0]}}]}
    ///   template: {spec: {restartPolicy: Never, containers: [{name: load, image: 'example/load:1.2.0'}]}}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: load}
    /// spec:
    ///   podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}
    ///   template: {spec: {restartPolicy: Never, containers: [{name: load, image: 'example/load:1.2.0'}]}}
    /// ```
    CONTRADICTORY_FAILURE_RULE = {
        id: "contradictory-failure-rule",
        category: Admission,
        severity: Error,
        look: Object(&["Job", "CronJob"], contradictory_failure_rule),
    }
}

fn contradictory_failure_rule(object: &Object<'_>, findings: &mut Findings<'_>) {
    let place: &[&str] = if object.kind == "Job" { &["spec"] } else { &["spec", "jobTemplate", "spec"] };
    let Some(job) = object.at(place) else { return };
    let Some(rules) = job.at(&["podFailurePolicy", "rules"]) else { return };
    let path = |names: &[&str]| object.path(place).fields(names);
    if job.text_at(&["podReplacementPolicy"]) == Some("TerminatingOrFailed") {
        findings
            .report(
                path(&["podReplacementPolicy"]),
                "with `podFailurePolicy` a Pod is replaced when it failed",
            )
            .help("set `podReplacementPolicy: Failed`, or remove it");
    }
    if job.text_at(&["template", "spec", "restartPolicy"]) == Some("OnFailure") {
        findings
            .report(
                path(&["template", "spec", "restartPolicy"]),
                "containers that restart have no failures to judge",
            )
            .help("set `restartPolicy: Never`");
    }
    let containers = |list: &str| job.at(&["template", "spec", list]).map_or(&[][..], Node::items);
    let has = |name: &str| {
        let mut all = containers("containers").iter().chain(containers("initContainers"));
        all.any(|container| container.text_at(&["name"]) == Some(name))
    };
    for (index, rule) in rules.items().iter().enumerate() {
        let path = || path(&["podFailurePolicy", "rules"]).index(index);
        let codes = rule.get("onExitCodes").filter(|codes| codes.value != Value::Null);
        let conditions = rule.get("onPodConditions").map_or(0, |conditions| conditions.items().len());
        if codes.is_some() == (conditions > 0) {
            findings
                .report(path(), "the rule does not have exactly one of `onExitCodes` and `onPodConditions`")
                .help("set one of them");
        }
        if rule.text_at(&["action"]) == Some("FailIndex") && job.get("backoffLimitPerIndex").is_none() {
            findings
                .report(path().field("action"), "`FailIndex` needs a limit for each index")
                .help("set `backoffLimitPerIndex`, or use `FailJob`");
        }
        let Some(codes) = codes else { continue };
        let numbers = codes.get("values").map_or(&[][..], Node::items).iter().filter_map(Node::as_i64);
        let numbers: Vec<i64> = numbers.collect();
        let is_zero = codes.text_at(&["operator"]) == Some("In") && numbers.contains(&0);
        if is_zero || !numbers.is_sorted_by(|one, next| one < next) {
            findings
                .report(
                    path().fields(&["onExitCodes", "values"]),
                    "these are no exit codes of failures in order",
                )
                .help("write each once, in ascending order, without 0");
        }
        if let Some(name) = codes.text_at(&["containerName"]).filter(|name| !has(name)) {
            findings
                .report(
                    path().fields(&["onExitCodes", "containerName"]),
                    format!("the Pod has no container `{name}`"),
                )
                .help("name one of its containers, or remove `containerName`");
        }
    }
}
