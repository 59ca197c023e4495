use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags CronJobs that do not say how late a run may start.
    ///
    /// ## Why is this bad?
    /// Without a deadline the controller counts every run that was missed, and after a hundred of them never starts one
    /// again.
    ///
    /// ## Fields
    /// `spec.startingDeadlineSeconds` of CronJobs.
    ///
    /// ## Allowed values
    /// Any number of seconds.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec: {schedule: "0 3 * * *"}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec: {schedule: "0 3 * * *", startingDeadlineSeconds: 600}
    /// ```
    MISSING_STARTING_DEADLINE = {
        id: "missing-starting-deadline",
        category: Practice,
        severity: Info,
        covers: ["CRN-01"],
        look: Object(&["CronJob"], missing_starting_deadline),
    }
}

fn missing_starting_deadline(object: &Object<'_>, findings: &mut Findings<'_>) {
    let field = ["spec", "startingDeadlineSeconds"];
    if object.at(&field).is_none() {
        findings
            .report(object.path(&field), "nothing says how late a run may start")
            .help("set `startingDeadlineSeconds`, such as `600`");
    }
}
