//! Job: what runs once. A Job cannot be changed, so its name holds a hash of what it does.

use k8s_openapi::api::batch::v1::{Job, JobSpec};

use super::context::{Context, LONGEST_LABEL, hash, within};
use super::deployment::number;
use super::objects::{Marks, Objects, order};
use super::pod::{self, Restart};
use crate::spec::{self, Base, Runs, RunsToEnd};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let Runs::Job(job) = workload else { continue };
        let (spec, marks) = spec_of(context, &job.base, &job.kind.runs, "spec");
        let object = Job {
            metadata: context.metadata(&context.job_name(job), context.workload_labels(&job.base)),
            spec: Some(spec),
            status: None,
        };
        objects.push(order::JOB, &object, &job.base.origin, marks);
    }
}

/// The job's name, and a hash that changes when what it does changes.
pub(super) fn name(context: &Context<'_>, job: &spec::Job) -> String {
    let (spec, _) = spec_of(context, &job.base, &job.kind.runs, "spec");
    let text = serde_json::to_string(&spec).unwrap_or_default();
    let hash = hash([text.as_str()], 8);
    // Its Pods have the whole as a label.
    let name = within(job.base.name.to_string(), LONGEST_LABEL - hash.len() - 1);
    format!("{name}-{hash}")
}

/// What Jobs and CronJobs share.
pub(super) fn spec_of(context: &Context<'_>, base: &Base, runs: &RunsToEnd, at: &str) -> (JobSpec, Marks) {
    let (template, template_marks) = pod::template(context, base, Restart::Never);
    let mut marks = Marks::default();
    marks.add_part(&format!("{at}.template"), template_marks);
    marks.add(format!("{at}.backoffLimit"), &runs.retries.origin);
    marks.add(format!("{at}.activeDeadlineSeconds"), &runs.deadline.origin);
    marks.add(format!("{at}.ttlSecondsAfterFinished"), &runs.keep.origin);
    let spec = JobSpec {
        backoff_limit: Some(number(runs.retries.value)),
        active_deadline_seconds: Some(runs.deadline.value.into()),
        ttl_seconds_after_finished: Some(number(runs.keep.value)),
        template,
        ..JobSpec::default()
    };
    (spec, marks)
}
