//! A PostgreSQL server in the cluster: a StatefulSet of one on a claim, and a cron job that backs it up.

use super::PostgresHandle;
use crate::origin::{Chosen, Origin};
use crate::spec::image::Image;
use crate::spec::network::Dependency;
use crate::spec::probes::{Probe, Probes};
use crate::spec::problem::Problems;
use crate::spec::quantity::{Cpu, CronSchedule, DnsLabel, ImageRef, Input, Memory, Port};
use crate::spec::rollout::Drain;
use crate::spec::variables::SecretKey;
use crate::spec::volumes::{Storage, Volume};
use crate::spec::workload::{CronJob, Singleton};

/// The user that the official image runs PostgreSQL as.
const POSTGRES_USER: u32 = 999;

/// A PostgreSQL server in the cluster.
#[derive(Clone, Debug)]
pub struct InClusterPostgres {
    name: Option<Chosen<DnsLabel>>,
    image: Chosen<ImageRef>,
    user: String,
    database: String,
    password: Option<SecretKey>,
    size: Chosen<Memory>,
    storage: Chosen<Storage>,
    resources: Option<(Cpu, Memory)>,
    limits: Option<(Cpu, Memory)>,
    pub(crate) max_connections: Chosen<u32>,
    backup: Option<Chosen<Backup>>,
    pub(crate) origin: Origin,
    pub(crate) problems: Problems,
}

/// When dumps are made, and how many are kept.
#[derive(Clone, Debug)]
pub struct Backup {
    schedule: CronSchedule,
    keep: u32,
    size: Memory,
    storage: Storage,
}

impl Backup {
    /// A dump at these times (UTC), the last seven kept, on a claim of 5 GiB of the default class.
    #[must_use]
    pub const fn at(schedule: CronSchedule) -> Self {
        Self { schedule, keep: 7, size: crate::memory!("5Gi"), storage: Storage::DefaultClass }
    }

    /// How many dumps are kept.
    #[must_use]
    pub const fn keep(mut self, dumps: u32) -> Self {
        self.keep = dumps;
        self
    }

    /// The claim that they are kept on.
    #[must_use]
    pub fn storage(mut self, size: Memory, storage: Storage) -> Self {
        self.size = size;
        self.storage = storage;
        self
    }
}

impl InClusterPostgres {
    #[track_caller]
    pub(super) fn new(name: impl Input<DnsLabel>) -> Self {
        let mut problems = Problems::default();
        let name = problems.take("postgres.name", name);
        Self {
            name,
            image: Chosen::default(
                crate::image!("postgres:15.14"),
                "the oldest major version that the service supports",
            ),
            user: "postgres".to_owned(),
            database: "postgres".to_owned(),
            password: None,
            size: Chosen::default(crate::memory!("10Gi"), "10 GiB"),
            storage: Chosen::default(Storage::DefaultClass, "whatever the cluster makes volumes of"),
            resources: None,
            limits: None,
            max_connections: Chosen::default(100, "PostgreSQL's own"),
            backup: None,
            origin: Origin::here(),
            problems,
        }
    }

    /// The image, which must take the official one's variables and run as user 999.
    #[must_use]
    #[track_caller]
    pub fn image(mut self, image: impl Input<ImageRef>) -> Self {
        if let Some(image) = self.problems.take("postgres.image", image) {
            self.image = image;
        }
        self
    }

    /// The user that is made at the first start, and that programs connect as.
    #[must_use]
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = user.into();
        self
    }

    /// The database that is made at the first start.
    #[must_use]
    pub fn database(mut self, database: impl Into<String>) -> Self {
        self.database = database.into();
        self
    }

    /// Where the user's password is kept.
    #[must_use]
    pub fn password(mut self, password: SecretKey) -> Self {
        self.password = Some(password);
        self
    }

    /// The claim that it keeps its data on.
    #[must_use]
    #[track_caller]
    pub fn storage(mut self, size: impl Input<Memory>, storage: Storage) -> Self {
        if let Some(size) = self.problems.take("postgres.storage", size) {
            self.size = size;
        }
        self.storage = Chosen::here(storage);
        self
    }

    /// What the scheduler sets aside for it. Default: 250m and 512Mi.
    #[must_use]
    pub fn requests(mut self, cpu: Cpu, memory: Memory) -> Self {
        self.resources = Some((cpu, memory));
        self
    }

    /// What it may not exceed. Default: the memory request, and no CPU limit.
    #[must_use]
    pub fn limits(mut self, cpu: Cpu, memory: Memory) -> Self {
        self.limits = Some((cpu, memory));
        self
    }

    /// How many connections it takes in all. Default: 100.
    #[must_use]
    #[track_caller]
    pub fn max_connections(mut self, connections: u32) -> Self {
        self.max_connections = Chosen::here(connections);
        self
    }

    /// A cron job that dumps it.
    #[must_use]
    #[track_caller]
    pub fn backup(mut self, backup: Backup) -> Self {
        self.backup = Some(Chosen::here(backup));
        self
    }

    fn label(&self) -> DnsLabel {
        self.name.as_ref().map_or_else(|| crate::name!("unnamed"), |name| name.value.clone())
    }

    fn port() -> Port {
        crate::port!(5432)
    }

    pub(crate) fn handle(&self) -> PostgresHandle {
        PostgresHandle {
            host: self.label().to_string(),
            port: Self::port(),
            user: self.user.clone(),
            database: self.database.clone(),
            password: self.password.clone(),
            ssl_mode: "disable",
            dependency: Dependency::Workload { name: self.label(), port: Self::port() },
        }
    }

    /// The server as a workload.
    pub(crate) fn server(&self) -> Singleton {
        let (cpu, memory) = self.resources.unwrap_or_else(|| (crate::cpu!("250m"), crate::memory!("512Mi")));
        let ready = ["pg_isready", "-h", "127.0.0.1", "-U", &self.user, "-d", &self.database];
        let mut server = Singleton::new(self.label())
            .image(Image::Fixed(self.image.value.clone()))
            .arguments(["-c".to_owned(), format!("max_connections={}", self.max_connections.value)])
            .port(crate::port_name!("postgres"), Self::port())
            .variable(crate::variable!("POSTGRES_USER"), self.user.as_str())
            .variable(crate::variable!("POSTGRES_DB"), self.database.as_str())
            .variable(crate::variable!("PGDATA"), "/var/lib/postgresql/data/pgdata")
            .requests(cpu, memory)
            .probes(
                Probes::new()
                    .start(Probe::exec(ready).every(crate::seconds!(2)).failures(60))
                    .live(Probe::tcp().every(crate::seconds!(20)).failures(6))
                    .ready(Probe::exec(ready).every(crate::seconds!(5))),
            )
            .volume(
                Volume::claim(crate::name!("data"), self.size.value, self.storage.value.clone())
                    .at(crate::mount!("/var/lib/postgresql/data")),
            )
            .volume(
                Volume::scratch(crate::name!("run"), crate::memory!("16Mi"))
                    .at(crate::mount!("/var/run/postgresql")),
            )
            .volume(Volume::scratch(crate::name!("tmp"), crate::memory!("256Mi")).at(crate::mount!("/tmp")))
            .user(POSTGRES_USER)
            .drain(Drain::new().sleep(crate::seconds!(0)).finish(crate::seconds!(55)));
        if let Some((cpu, memory)) = self.limits {
            server = server.limits(cpu, memory);
        }
        if let Some(password) = self.password.clone() {
            server = server.variable(crate::variable!("POSTGRES_PASSWORD"), password);
        }
        server.base.component = "database";
        server.base.adopt(&self.origin);
        server
    }

    /// The cron job that dumps it, if there is to be one.
    pub(crate) fn backup_job(&self) -> Option<CronJob> {
        let backup = self.backup.as_ref()?;
        let name = format!("{}-backup", self.label());
        let Backup { schedule, keep, size, storage } = &backup.value;
        // Complete dumps alone have the name that is counted: a dump that was cut off is never kept in place of a whole one.
        let script = format!(
            "file=/backup/$(date -u +%Y-%m-%dT%H-%M-%SZ).dump\n\
             rm -f /backup/*.part\n\
             pg_dump --format=custom --file=\"$file.part\"\n\
             pg_restore --list \"$file.part\" >/dev/null\n\
             mv \"$file.part\" \"$file\"\n\
             ls -1 /backup/*.dump | sort -r | tail -n +{} | xargs -r rm --\n\
             ls -l /backup\n",
            keep + 1
        );
        let mut job = CronJob::new(name, schedule.clone())
            .image(Image::Fixed(self.image.value.clone()))
            .command(["sh", "-ceu"])
            .arguments([script])
            .uses(&self.handle())
            .variable(crate::variable!("PGHOST"), self.handle().host())
            .variable(crate::variable!("PGPORT"), self.handle().port())
            .variable(crate::variable!("PGUSER"), self.handle().user())
            .variable(crate::variable!("PGDATABASE"), self.handle().name())
            .variable(crate::variable!("PGPASSWORD"), self.handle().password())
            .requests(crate::cpu!("100m"), crate::memory!("128Mi"))
            .volume(
                Volume::claim(crate::name!("backup"), *size, storage.clone()).at(crate::mount!("/backup")),
            )
            .volume(Volume::scratch(crate::name!("tmp"), crate::memory!("256Mi")).at(crate::mount!("/tmp")))
            .user(POSTGRES_USER);
        job.base.component = "backup";
        job.base.adopt(&backup.origin);
        Some(job)
    }
}
