//! What runs in an environment: adding it gives a handle, by which other parts refer to it.

use super::Environment;
use crate::origin::{Chosen, Origin};
use crate::spec::autoscaling::Replicas;
use crate::spec::database::{Postgres, PostgresHandle, Redis, RedisHandle};
use crate::spec::exposure::{Exposure, Ingress};
use crate::spec::problem::Problems;
use crate::spec::quantity::{DnsLabel, Input};
use crate::spec::rollout::Rollout;
use crate::spec::workload::{App, AppHandle, Base, CronJob, Job, Scaled, Singleton, Worker};

/// What runs in an environment, in the order in which it was added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    pub(crate) workloads: Vec<Runs>,
    pub(crate) ingresses: Vec<(DnsLabel, Chosen<Ingress>)>,
    pub(crate) servers: Vec<Server>,
    problems: Problems,
}

/// A workload of any kind.
#[derive(Clone, Debug)]
pub(crate) enum Runs {
    App(App),
    Worker(Worker),
    Singleton(Singleton),
    Job(Job),
    CronJob(CronJob),
}

/// A database or cache, wherever it is.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) what: &'static str,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The workload's name, where the server is one of ours.
    pub(crate) workload: Option<String>,
    pub(crate) max_connections: Option<Chosen<u32>>,
    pub(crate) user: Option<String>,
    pub(crate) database: Option<String>,
}

impl Runs {
    pub(crate) const fn base(&self) -> &Base {
        match self {
            Self::App(workload) => &workload.base,
            Self::Worker(workload) => &workload.base,
            Self::Singleton(workload) => &workload.base,
            Self::Job(workload) => &workload.base,
            Self::CronJob(workload) => &workload.base,
        }
    }

    /// The kind of object that it becomes.
    pub(crate) const fn object_kind(&self) -> &'static str {
        match self {
            Self::App(_) | Self::Worker(_) => "Deployment",
            Self::Singleton(_) => "StatefulSet",
            Self::Job(_) => "Job",
            Self::CronJob(_) => "CronJob",
        }
    }

    /// How long its rollout, or its run, may take, in seconds.
    pub(crate) const fn deadline(&self) -> u32 {
        match self {
            Self::App(app) => app.kind.scaled.rollout.value.deadline,
            Self::Worker(worker) => worker.kind.scaled.rollout.value.deadline,
            // A database may have to replay its log.
            Self::Singleton(_) => 300,
            Self::Job(job) => job.kind.runs.deadline.value,
            Self::CronJob(cron_job) => cron_job.kind.runs.deadline.value,
        }
    }

    /// The most Pods of it that there are at any one time, in the middle of a rollout too.
    pub(crate) fn most_pods(&self) -> u32 {
        let grace = self.base().drain.value.grace_seconds();
        self.scaled().map_or(1, |scaled| in_a_rollout(&scaled.replicas.value, &scaled.rollout.value, grace))
    }

    /// How many there are and how they come and go, of apps and workers; all others are one.
    pub(crate) const fn scaled(&self) -> Option<&Scaled> {
        match self {
            Self::App(app) => Some(&app.kind.scaled),
            Self::Worker(worker) => Some(&worker.kind.scaled),
            Self::Singleton(_) | Self::Job(_) | Self::CronJob(_) => None,
        }
    }
}

/// The most Pods at any one time of a rollout at the most replicas.
///
/// Those that say goodbye hold their resources, and count against a quota, until their grace has passed: with each
/// batch of the surge, one more batch of them, until all old ones are among them.
fn in_a_rollout(replicas: &Replicas, rollout: &Rollout, grace: u32) -> u32 {
    let most = replicas.most();
    let surge = rollout.surge.of(most);
    let batches = grace.div_ceil(rollout.min_ready.max(1));
    most + (surge * (1 + batches)).clamp(surge, most.max(surge))
}

impl Contents {
    /// All that its parts noted.
    pub(crate) fn collect(&self, problems: &mut Problems) {
        problems.extend(self.problems.clone());
        for workload in &self.workloads {
            problems.extend(workload.base().problems.clone());
        }
    }
}

impl Environment {
    /// Every Ingress by name: those over several apps, and those of one, with the app that owns it.
    pub(crate) fn ingresses(&self) -> impl Iterator<Item = (&DnsLabel, Chosen<&Ingress>, Option<&App>)> {
        let shared = self.contents.ingresses.iter();
        let shared = shared.map(|(name, ingress)| (name, ingress.with(&ingress.value), None));
        let own = self.contents.workloads.iter().filter_map(|workload| match workload {
            Runs::App(app) => Some(app),
            _ => None,
        });
        let own = own.flat_map(|app| {
            app.kind.exposures.iter().filter_map(move |exposure| match &exposure.value {
                Exposure::Ingress(ingress) => Some((&app.base.name, exposure.with(ingress), Some(app))),
                Exposure::LoadBalancer(_) => None,
            })
        });
        shared.chain(own)
    }

    /// An app, which serves HTTP.
    pub fn app(&mut self, app: App) -> AppHandle {
        let handle = app.handle();
        self.contents.workloads.push(Runs::App(app));
        handle
    }

    /// A worker, which serves nobody.
    pub fn worker(&mut self, worker: Worker) {
        self.contents.workloads.push(Runs::Worker(worker));
    }

    /// A singleton, of which there are never two at once.
    pub fn singleton(&mut self, singleton: Singleton) {
        self.contents.workloads.push(Runs::Singleton(singleton));
    }

    /// A job, which runs once.
    pub fn job(&mut self, job: Job) {
        self.contents.workloads.push(Runs::Job(job));
    }

    /// A cron job, which runs by the clock.
    pub fn cron_job(&mut self, cron_job: CronJob) {
        self.contents.workloads.push(Runs::CronJob(cron_job));
    }

    /// A PostgreSQL server, in the cluster or elsewhere.
    pub fn database(&mut self, postgres: impl Into<Postgres>) -> PostgresHandle {
        match postgres.into() {
            Postgres::InCluster(postgres) => {
                let handle = postgres.handle();
                self.contents.problems.extend(postgres.problems.clone());
                self.contents.servers.push(Server {
                    what: "PostgreSQL",
                    host: handle.host.clone(),
                    port: handle.port.number(),
                    workload: Some(handle.host.clone()),
                    max_connections: Some(postgres.max_connections.clone()),
                    user: Some(handle.user.clone()),
                    database: Some(handle.database.clone()),
                });
                self.contents.workloads.push(Runs::Singleton(postgres.server()));
                self.contents.workloads.extend(postgres.backup_job().map(Runs::CronJob));
                if handle.password.is_none() {
                    self.without_password(&postgres.origin);
                }
                handle
            }
            Postgres::Outside(postgres) => {
                let network = self.cluster.network.as_ref().map(|network| &network.value);
                let handle = postgres.handle(network);
                self.contents.problems.extend(postgres.problems.clone());
                self.contents.servers.push(Server {
                    what: "PostgreSQL",
                    host: handle.host.clone(),
                    port: handle.port.number(),
                    workload: None,
                    max_connections: postgres.max_connections.clone(),
                    user: Some(handle.user.clone()),
                    database: Some(handle.database.clone()),
                });
                if handle.password.is_none() {
                    self.without_password(&postgres.origin);
                }
                handle
            }
        }
    }

    /// A Redis server, in the cluster or elsewhere.
    pub fn cache(&mut self, redis: impl Into<Redis>) -> RedisHandle {
        let (handle, workload) = match redis.into() {
            Redis::InCluster(redis) => {
                let handle = redis.handle();
                self.contents.problems.extend(redis.problems.clone());
                self.contents.workloads.push(Runs::Singleton(redis.server()));
                let workload = Some(handle.host.clone());
                (handle, workload)
            }
            Redis::Outside(redis) => {
                self.contents.problems.extend(redis.problems.clone());
                (redis.handle(self.cluster.network.as_ref().map(|network| &network.value)), None)
            }
        };
        self.contents.servers.push(Server {
            what: "Redis",
            host: handle.host.clone(),
            port: handle.port.number(),
            workload,
            max_connections: None,
            user: None,
            database: None,
        });
        handle
    }

    /// An Ingress over several apps, which it routes to by path.
    #[track_caller]
    pub fn ingress(&mut self, name: impl Input<DnsLabel>, ingress: Ingress) {
        if let Some(name) = self.contents.problems.take("ingress", name) {
            self.contents.ingresses.push((name.value, Chosen::here(ingress)));
        }
    }

    fn without_password(&mut self, origin: &Origin) {
        if let Some(at) = origin.location() {
            self.contents.problems.note_at(
                "database.password",
                "the database has no password".to_owned(),
                "say where it is kept: `.password(secret.key(key!(\"password\")))`".to_owned(),
                at,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Replicas, Rollout, in_a_rollout};

    #[test]
    fn a_long_goodbye_keeps_every_old_pod_beside_the_new_ones() {
        let rollout = Rollout::new();
        assert_eq!(in_a_rollout(&Replicas::Fixed(10), &rollout, 145), 20);
        assert_eq!(in_a_rollout(&Replicas::Fixed(10), &rollout, 10), 13);
        assert_eq!(in_a_rollout(&Replicas::Fixed(1), &rollout, 30), 2);
        assert_eq!(in_a_rollout(&Replicas::Fixed(4), &rollout.surge(0).unavailable(1), 145), 4);
    }
}
