//! What runs to its end: once, or by the clock.

use super::Workload;
use crate::origin::Chosen;
use crate::spec::quantity::{CronSchedule, DnsLabel, Input, Seconds};

/// A workload that runs once to its end.
pub type Job = Workload<Once>;

/// A workload that runs to its end again and again.
pub type CronJob = Workload<Scheduled>;

/// What only a job says.
#[derive(Clone, Debug)]
pub struct Once {
    pub(crate) runs: RunsToEnd,
}

/// What only a cron job says.
#[derive(Clone, Debug)]
pub struct Scheduled {
    pub(crate) runs: RunsToEnd,
    pub(crate) schedule: Chosen<CronSchedule>,
    pub(crate) time_zone: Chosen<String>,
    pub(crate) concurrency: Chosen<Concurrency>,
    pub(crate) start_within: Chosen<u32>,
}

/// How a run ends.
#[derive(Clone, Debug)]
pub(crate) struct RunsToEnd {
    pub(crate) retries: Chosen<u32>,
    pub(crate) deadline: Chosen<u32>,
    pub(crate) keep: Chosen<u32>,
}

/// What happens when a run is due and the last one still goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concurrency {
    /// Both run.
    Allow,
    /// The new one is left out.
    Forbid,
    /// The old one is stopped.
    Replace,
}

impl RunsToEnd {
    const fn new() -> Self {
        Self {
            retries: Chosen::default(3, "three, since a node may be lost in the middle"),
            deadline: Chosen::default(3600, "an hour, so that a run that hangs ends"),
            keep: Chosen::default(86_400, "a day, so that its log can be read"),
        }
    }
}

impl Job {
    /// A job of this name. Its object carries a hash of what it does, so that a change makes a new one.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>) -> Self {
        Self::of(name, "job", Once { runs: RunsToEnd::new() })
    }
}

impl Job {
    /// A job that runs what an app runs, with the app's variables and calls: its image's own chores.
    #[must_use]
    #[track_caller]
    pub fn like(name: impl Input<DnsLabel>, app: &super::App) -> Self {
        let mut job = Self::new(name);
        job.base.inherit(&app.base);
        job
    }
}

impl CronJob {
    /// A cron job of this name, at these times (UTC).
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>, schedule: impl Input<CronSchedule>) -> Self {
        let mut problems = crate::spec::problem::Problems::default();
        let schedule = problems
            .take("schedule", schedule)
            .unwrap_or_else(|| Chosen::default(crate::cron!("@daily"), "stands in for one that was refused"));
        let mut cron_job = Self::of(
            name,
            "cron-job",
            Scheduled {
                runs: RunsToEnd::new(),
                schedule,
                time_zone: Chosen::default("Etc/UTC".to_owned(), "a clock that never jumps"),
                concurrency: Chosen::default(Concurrency::Forbid, "one run at a time"),
                start_within: Chosen::default(
                    600,
                    "10 minutes, so that runs missed while the controller was down are not all made up for",
                ),
            },
        );
        cron_job.base.problems.extend(problems);
        cron_job
    }

    /// The time zone of its schedule, by its IANA name.
    #[must_use]
    #[track_caller]
    pub fn time_zone(mut self, zone: impl Into<String>) -> Self {
        self.kind.time_zone = Chosen::here(zone.into());
        self
    }

    /// What happens when a run is due and the last one still goes on.
    #[must_use]
    #[track_caller]
    pub fn concurrency(mut self, concurrency: Concurrency) -> Self {
        self.kind.concurrency = Chosen::here(concurrency);
        self
    }

    /// A run that could not start in this time is left out.
    #[must_use]
    #[track_caller]
    pub fn start_within(mut self, time: Seconds) -> Self {
        self.kind.start_within = Chosen::here(time.number());
        self
    }
}

/// Setters of whatever runs to its end.
macro_rules! run_setters {
    ($workload:ty) => {
        impl $workload {
            /// How often it is tried again.
            #[must_use]
            #[track_caller]
            pub fn retries(mut self, retries: u32) -> Self {
                self.kind.runs.retries = Chosen::here(retries);
                self
            }

            /// A run longer than this is stopped.
            #[must_use]
            #[track_caller]
            pub fn deadline(mut self, time: Seconds) -> Self {
                self.kind.runs.deadline = Chosen::here(time.number());
                self
            }

            /// How long a finished run and its log are kept.
            #[must_use]
            #[track_caller]
            pub fn keep(mut self, time: Seconds) -> Self {
                self.kind.runs.keep = Chosen::here(time.number());
                self
            }
        }
    };
}

run_setters!(Job);
run_setters!(CronJob);
