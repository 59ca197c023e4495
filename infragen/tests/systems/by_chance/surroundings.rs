//! What workloads lean on: secrets, databases, caches, volumes, priorities.

use infragen::prelude::*;
use infragen::spec::quantity::{CronSchedule, DataKey, HostName};

use super::choices::{Choices, quantity};

/// Handles of what there is.
pub(crate) struct Surroundings {
    pub(crate) secrets: Vec<(SecretHandle, DataKey)>,
    pub(crate) configs: Vec<(ExternalHandle, DataKey)>,
    pub(crate) databases: Vec<PostgresHandle>,
    pub(crate) caches: Vec<RedisHandle>,
    pub(crate) priorities: Vec<PriorityHandle>,
}

impl Surroundings {
    pub(crate) fn of(environment: &mut Environment, choices: &mut Choices<'_>) -> Self {
        let mut all = Self {
            secrets: Vec::new(),
            configs: Vec::new(),
            databases: Vec::new(),
            caches: Vec::new(),
            priorities: Vec::new(),
        };
        for _ in 0..choices.number(0, 2) {
            let value = choices.number(0, 2_000_000_000);
            let value = i32::try_from(i64::from(value) - 1_000_000_000).unwrap();
            all.priorities.push(environment.priority(choices.name(), value, choices.words()));
        }
        for _ in 0..choices.number(0, 2) {
            let key: DataKey = choices.text(&["password", "a.b", "_", "0", "NULL", "tls.key"]);
            let handle = if choices.maybe() {
                let secret = ExternalSecret::new(choices.name());
                let secret = match choices.maybe() {
                    false => secret.key(key.clone(), "team/secret"),
                    true => secret.property(key.clone(), "team/secret", "property").store(choices.name()),
                };
                environment.secret(secret)
            } else {
                environment.external(External::secret(choices.name()).keys([key.clone()])).secret()
            };
            all.secrets.push((handle, key));
        }
        environment.external(External::secret(name!("certificate")));
        if choices.maybe() {
            let key: DataKey = choices.text(&["region", "a.properties"]);
            let config = environment.external(External::config_map(choices.name()).keys([key.clone()]));
            all.configs.push((config, key));
        }
        // Each of them has a password.
        let databases = if all.secrets.is_empty() { 0 } else { choices.number(0, 2) };
        for _ in 0..databases {
            let database = all.database(environment, choices);
            all.databases.push(database);
        }
        for _ in 0..choices.number(0, 1) {
            all.caches.push(cache(environment, choices));
        }
        all
    }

    fn database(&self, environment: &mut Environment, choices: &mut Choices<'_>) -> PostgresHandle {
        let (secret, key) = self.secrets.first().unwrap();
        let password = secret.key(key.clone());
        if choices.maybe() {
            let host = quantity::<HostName>(&format!("{}.example.com", choices.name()));
            let mut outside = Postgres::at(host).user("somebody").database("things").password(password);
            if choices.maybe() {
                outside = outside.port(port!(6432)).tls(Tls::Require).within(cidr!("10.1.0.0/16"));
            }
            return environment.database(outside);
        }
        let mut inside = Postgres::in_cluster(choices.short_name()).user("somebody").password(password);
        if choices.maybe() {
            inside = inside.storage(choices.memory(1024, 99_999), storage(choices));
        }
        if choices.maybe() {
            let (cpu, memory) = (choices.cpu(100, 4000), choices.memory(512, 8192));
            inside = inside.requests(cpu, memory).limits(cpu, memory);
        }
        if choices.maybe() {
            let backup = Backup::at(schedule(choices)).keep(choices.number(1, 30));
            inside = inside.backup(backup.storage(choices.memory(1024, 99_999), storage(choices)));
        }
        environment.database(inside.max_connections(choices.number(100, 500)))
    }
}

fn cache(environment: &mut Environment, choices: &mut Choices<'_>) -> RedisHandle {
    if choices.maybe() {
        let outside = Redis::at(host!("cache.example.com"));
        return environment.cache(if choices.maybe() { outside.without_tls() } else { outside });
    }
    let mut inside = Redis::in_cluster(choices.name());
    if choices.maybe() {
        inside = inside.storage(choices.memory(64, 9999), storage(choices));
    }
    if choices.maybe() {
        inside = inside.requests(choices.cpu(50, 2000), choices.memory(64, 4096));
    }
    environment.cache(inside)
}

/// Where a claim's volume comes from.
pub(crate) fn storage(choices: &mut Choices<'_>) -> Storage {
    match choices.number(0, 3) {
        0 => Storage::DefaultClass,
        1 => Storage::Class(choices.text(&["gp3", "local-path"])),
        2 => Storage::Static(StaticVolume::Ebs {
            id: format!("vol-{}", choices.name()),
            zone: "eu-central-1a".to_owned(),
        }),
        _ => Storage::Static(StaticVolume::Local {
            path: quantity(&format!("/mnt/{}", choices.name())),
            node: "node-1".to_owned(),
        }),
    }
}

/// When something runs.
pub(crate) fn schedule(choices: &mut Choices<'_>) -> CronSchedule {
    choices.text(&["0 3 * * *", "*/15 * * * *", "@daily", "0 6 1-7 * MON", "59 23 31 12 SUN"])
}
