use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags Jobs whose numbers of runs, failures and indexes do not go together.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Job.
    ///
    /// ## Fields
    /// `completionMode`, `completions`, `parallelism`, `backoffLimitPerIndex`, `maxFailedIndexes` and `successPolicy` of Jobs.
    ///
    /// ## Allowed values
    /// With `completionMode: Indexed` there are `completions`, and at most 100000 run at once. The last three are for such Jobs
    /// alone. `maxFailedIndexes` stands beside `backoffLimitPerIndex`, and is at most `completions`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: load}
    /// spec: {completionMode: Indexed, parallelism: 2}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: load}
    /// spec: {completionMode: Indexed, completions: 10, parallelism: 2}
    /// ```
    CONTRADICTORY_COMPLETIONS = {
        id: "contradictory-completions",
        category: Admission,
        severity: Error,
        look: Object(&["Job", "CronJob"], contradictory_completions),
    }
}

/// The most that may run at once, and fail, where each run has an index.
const MOST: i64 = 100_000;

fn contradictory_completions(object: &Object<'_>, findings: &mut Findings<'_>) {
    let place: &[&str] = if object.kind == "Job" { &["spec"] } else { &["spec", "jobTemplate", "spec"] };
    let Some(job) = object.at(place) else { return };
    let mut report = |field: &str, message: String, help: &str| {
        findings.report(object.path(place).field(field), message).help(help);
    };
    let number = |name: &str| job.get(name).and_then(Node::as_i64);
    let (completions, failures) = (number("completions"), number("maxFailedIndexes"));
    if failures.is_some() && number("backoffLimitPerIndex").is_none() {
        report(
            "backoffLimitPerIndex",
            "`maxFailedIndexes` counts indexes that failed, and none has a limit".to_owned(),
            "set `backoffLimitPerIndex`",
        );
    }
    if job.text_at(&["completionMode"]) != Some("Indexed") {
        for name in ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"] {
            if job.get(name).is_some_and(|node| node.value != Value::Null) {
                report(name, format!("`{name}` is for Jobs with indexes"), "set `completionMode: Indexed`");
            }
        }
        return;
    }
    // Where neither is said, one run is meant; in CronJobs only when the Job is made.
    if completions.is_none() && (number("parallelism").is_some() || object.kind == "CronJob") {
        report("completions", "a Job with indexes has no number of them".to_owned(), "set `completions`");
    }
    if number("parallelism").is_some_and(|parallelism| parallelism > MOST) {
        report("parallelism", format!("more than {MOST} run at once"), "lower it");
    }
    let most = completions.unwrap_or(MOST).min(MOST);
    if let Some(failures) = failures.filter(|failures| *failures > most) {
        report(
            "maxFailedIndexes",
            format!("{failures} indexes may fail, and {most} is the most"),
            "lower it",
        );
    }
}
