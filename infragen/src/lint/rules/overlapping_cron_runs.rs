use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags CronJobs that start a run while the last one goes on, because nobody said otherwise.
    ///
    /// ## Why is this bad?
    /// A run that takes too long meets the next: they work on the same things, and each makes the other slower.
    ///
    /// ## Fields
    /// `spec.concurrencyPolicy` of CronJobs.
    ///
    /// ## Allowed values
    /// `Forbid` or `Replace`, or `Allow` where it is meant.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec: {schedule: "0 * * * *"}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec: {schedule: "0 * * * *", concurrencyPolicy: Forbid}
    /// ```
    OVERLAPPING_CRON_RUNS = {
        id: "overlapping-cron-runs",
        category: Practice,
        severity: Info,
        covers: ["CRN-04"],
        look: Object(&["CronJob"], overlapping_cron_runs),
    }
}

fn overlapping_cron_runs(object: &Object<'_>, findings: &mut Findings<'_>) {
    if object.at(&["spec", "concurrencyPolicy"]).is_none() {
        findings
            .report(object.path(&["spec", "concurrencyPolicy"]), "a run may start while the last one goes on")
            .help("set `concurrencyPolicy: Forbid`, or `Allow` if it is meant");
    }
}
