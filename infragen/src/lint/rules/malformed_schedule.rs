use crate::lint::findings::Findings;
use crate::lint::grammar::is_schedule;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags schedules of CronJobs that cannot be read.
    ///
    /// ## Why is this bad?
    /// The API server refuses the CronJob.
    ///
    /// ## Fields
    /// `spec.schedule` of CronJobs.
    ///
    /// ## Allowed values
    /// Five fields: minute, hour, day of the month, month, and day of the week from 0 to 6; or a word such as `@daily`.
    /// The time zone stands in `spec.timeZone`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: web}
    /// spec: {schedule: "0 0 3 * * *"}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: web}
    /// spec: {schedule: "0 3 * * *", timeZone: Europe/Zurich}
    /// ```
    MALFORMED_SCHEDULE = {
        id: "malformed-schedule",
        category: Admission,
        severity: Error,
        covers: ["CRN-03"],
        look: Object(&["CronJob"], malformed_schedule),
    }
}

fn malformed_schedule(job: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(schedule) = job.node.text_at(&["spec", "schedule"]).filter(|text| !text.is_empty()) else {
        return;
    };
    if schedule.contains("TZ") {
        findings
            .report(job.path(&["spec", "schedule"]), format!("the schedule `{schedule}` names a time zone"))
            .help("name it in `spec.timeZone`");
    } else if !is_schedule(schedule) {
        findings
            .report(job.path(&["spec", "schedule"]), format!("`{schedule}` is no schedule"))
            .help("give minute, hour, day of the month, month and day of the week, such as `0 3 * * *`");
    }
}
