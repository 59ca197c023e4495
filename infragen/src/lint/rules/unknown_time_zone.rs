use crate::lint::findings::Findings;
use crate::lint::grammar::is_time_zone;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags time zones of CronJobs that nobody knows.
    ///
    /// ## Why is this bad?
    /// The API server refuses the CronJob.
    ///
    /// ## Fields
    /// `spec.timeZone` of CronJobs.
    ///
    /// ## Allowed values
    /// The names of the IANA, such as `Europe/Zurich` or `UTC`; not `Local`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: load}
    /// spec: {schedule: '0 3 * * *', timeZone: Zurich}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: load}
    /// spec: {schedule: '0 3 * * *', timeZone: Europe/Zurich}
    /// ```
    UNKNOWN_TIME_ZONE = {
        id: "unknown-time-zone",
        category: Admission,
        severity: Error,
        look: Object(&["CronJob"], unknown_time_zone),
    }
}

fn unknown_time_zone(cron_job: &Object<'_>, findings: &mut Findings<'_>) {
    let place = ["spec", "timeZone"];
    let Some(name) = cron_job.at(&place).and_then(Node::as_str).filter(|name| !is_time_zone(name)) else {
        return;
    };
    findings
        .report(cron_job.path(&place), format!("there is no time zone `{name}`"))
        .help("write a name such as `Europe/Zurich`, or remove it to mean the controller's");
}
