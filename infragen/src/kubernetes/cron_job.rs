//! CronJob: what runs by the clock.

use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, JobTemplateSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::context::Context;
use super::objects::{Objects, order};
use crate::spec::{Concurrency, Runs};

/// How many finished runs of each kind are kept.
const HISTORY: i32 = 3;

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let Runs::CronJob(cron_job) = workload else { continue };
        let (base, kind) = (&cron_job.base, &cron_job.kind);
        let (spec, mut marks) = super::job::spec_of(context, base, &kind.runs, "spec.jobTemplate.spec");
        marks.add("spec.schedule", &kind.schedule.origin);
        marks.add("spec.timeZone", &kind.time_zone.origin);
        marks.add("spec.concurrencyPolicy", &kind.concurrency.origin);
        marks.add("spec.startingDeadlineSeconds", &kind.start_within.origin);
        let metadata = ObjectMeta { labels: Some(context.workload_labels(base)), ..ObjectMeta::default() };
        let object = CronJob {
            metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
            spec: Some(CronJobSpec {
                schedule: kind.schedule.value.to_string(),
                time_zone: Some(kind.time_zone.value.clone()),
                concurrency_policy: Some(policy(kind.concurrency.value).to_owned()),
                starting_deadline_seconds: Some(kind.start_within.value.into()),
                successful_jobs_history_limit: Some(HISTORY),
                failed_jobs_history_limit: Some(HISTORY),
                job_template: JobTemplateSpec { metadata: Some(metadata), spec: Some(spec) },
                suspend: None,
            }),
            status: None,
        };
        objects.push(order::CRON_JOB, &object, &base.origin, marks);
    }
}

const fn policy(concurrency: Concurrency) -> &'static str {
    match concurrency {
        Concurrency::Allow => "Allow",
        Concurrency::Forbid => "Forbid",
        Concurrency::Replace => "Replace",
    }
}
