//! Databases and caches: how to look into them.

use serde::Serialize;

use crate::shell;
use crate::spec::{self, Dependency, Environment, Replicas, Runs};

/// A database or a cache.
#[derive(Serialize)]
pub(super) struct Server<'a> {
    what: &'a str,
    host: &'a str,
    port: u16,
    /// Its workload, where it is one of the environment's.
    workload: Option<&'a str>,
    max_connections: Option<u32>,
    /// As words of the shell.
    user: Option<String>,
    database: Option<String>,
    /// The cron job that dumps it, and the claim that holds the dumps.
    backup: Option<&'a str>,
    /// Who calls it and runs on; stopped before a restore, and started again in this number.
    callers: Vec<Caller<'a>>,
    /// Where its host name is one of RDS.
    rds: Option<Rds<'a>>,
}

/// A workload that uses a server.
#[derive(Serialize)]
struct Caller<'a> {
    name: &'a str,
    resource: String,
    replicas: u32,
}

/// An RDS instance, as its host name tells it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Rds<'a> {
    pub(super) instance: &'a str,
    pub(super) region: &'a str,
}

impl<'a> Server<'a> {
    pub(super) fn all(environment: &'a Environment) -> Vec<Self> {
        environment.contents.servers.iter().map(|server| Self::of(environment, server)).collect()
    }

    fn of(environment: &'a Environment, server: &'a spec::Server) -> Self {
        Self {
            what: server.what,
            host: &server.host,
            port: server.port,
            workload: server.workload.as_deref(),
            max_connections: server.max_connections.as_ref().map(|most| most.value),
            user: server.user.as_deref().map(shell::word),
            database: server.database.as_deref().map(shell::word),
            backup: backup(environment, server),
            callers: callers(environment, server),
            rds: Rds::of(&server.host),
        }
    }
}

fn callers<'a>(environment: &'a Environment, server: &spec::Server) -> Vec<Caller<'a>> {
    let uses = |workload: &&Runs| {
        workload.base().calls.iter().any(|call| match &call.value {
            Dependency::Workload { name, .. } => server.workload.as_deref() == Some(name.as_str()),
            Dependency::Host { host, .. } => server.workload.is_none() && *host.as_str() == server.host,
            Dependency::KubernetesApi => false,
        })
    };
    let runs_on = |workload: &&Runs| !matches!(workload, Runs::Job(_) | Runs::CronJob(_));
    environment
        .contents
        .workloads
        .iter()
        .filter(uses)
        .filter(runs_on)
        .map(|workload| Caller {
            name: workload.base().name.as_str(),
            resource: workload.object_kind().to_ascii_lowercase(),
            replicas: super::workloads::replicas(workload).map_or(1, Replicas::least),
        })
        .collect()
}

/// The cron job that was made with the server.
fn backup<'a>(environment: &'a Environment, server: &spec::Server) -> Option<&'a str> {
    let name = format!("{}-backup", server.workload.as_ref()?);
    environment.contents.workloads.iter().find_map(|workload| match workload {
        Runs::CronJob(job) if job.base.component == "backup" && *job.base.name.as_str() == name => {
            Some(job.base.name.as_str())
        }
        _ => None,
    })
}

impl<'a> Rds<'a> {
    /// Of `INSTANCE.ID.REGION.rds.amazonaws.com`. A cluster's endpoint has `cluster-` before its id, and is no instance.
    pub(super) fn of(host: &'a str) -> Option<Self> {
        let mut parts = host.strip_suffix(".rds.amazonaws.com")?.split('.');
        let (instance, id, region) = (parts.next()?, parts.next()?, parts.next()?);
        (parts.next().is_none() && !id.starts_with("cluster-")).then_some(Self { instance, region })
    }
}
