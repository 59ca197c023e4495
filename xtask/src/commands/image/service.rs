//! The image under the constraints of production: what it does there, how fast, and with how much memory.

use std::path::Path;
use std::process::Output;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use super::container::Container;
use super::engine::Engine;
use super::store::{ALIAS, NAME, Store};
use super::{Built, http};
use crate::console::time;
use crate::figures::{Figures, megabytes};
use crate::run::output;

/// Stricter than any environment asks for: every check runs so.
const CONSTRAINTS: [&str; 8] = [
    "--read-only",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--memory=64m",
    "--memory-swap=64m",
    "--cpus=0.5",
    "--pids-limit=64",
    "--publish=127.0.0.1::5153",
];
/// The program's path in the image.
pub(super) const PROGRAM: &str = "coworking-analytics";
/// Where the authorities are, in the container.
const AUTHORITIES: &str = "/authorities.pem";
/// The service's name on the network.
pub(super) const SERVICE: &str = "service.coworking.test";

/// The variables of the deployment, against a database that is called so.
pub(super) fn variables(host: &str) -> Vec<String> {
    let variables = [
        ("AUTH_MODE", "none"),
        ("DB_HOST", host),
        ("DB_NAME", "coworking"),
        ("DB_USERNAME", "coworking"),
        ("DB_PASSWORD", "it's a secret"),
        ("DB_SSLMODE", "verify-full"),
        ("DB_SSLROOTCERT", AUTHORITIES),
        ("DRAIN_SECONDS", "3"),
        ("LOG_LEVEL", "warn"),
    ];
    variables.iter().map(|(name, value)| format!("--env={name}={value}")).collect()
}

/// All of it.
pub(super) fn check(
    engine: &Engine,
    store: &Store<'_>,
    built: &Built,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    for (what, host, authorities) in [
        ("`migrate` refuses another authority's certificate", NAME, store.other_authorities()),
        ("`migrate` refuses a certificate for another name", ALIAS, store.authority()),
    ] {
        let refused = migrate(engine, store, built, host, &authorities)?;
        let told =
            String::from_utf8_lossy(&refused.stderr).into_owned() + &String::from_utf8_lossy(&refused.stdout);
        let reason = if host == ALIAS { "does not match host name" } else { "certificate verify failed" };
        figures.check(what, reason, !refused.status.success() && told.contains(reason));
    }
    prepare(engine, store, built)?;
    figures.check("`migrate` with TLS `verify-full`, by name", "made the tables", true);

    let mut arguments = arguments(store, NAME, &store.authority());
    arguments.push(format!("--network-alias={SERVICE}"));
    arguments.push(built.name.clone());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut starts = Vec::new();
    for _ in 0..5 {
        let service = Container::run(engine, &arguments)?;
        starts.push(ready(&service)?);
    }
    figures.measured("start to ready, median of 5", time(median(starts)));
    let service = Container::run(engine, &arguments)?;
    ready(&service)?;
    answers(&service, store, figures)?;
    memory(&service, store, figures)?;
    drain(&service, store, figures)
}

/// How it is run: the constraints, the variables, and the network that it shares with the database.
pub(super) fn arguments(store: &Store<'_>, host: &str, authorities: &Path) -> Vec<String> {
    let mut arguments: Vec<String> = CONSTRAINTS.map(str::to_owned).to_vec();
    arguments.push(format!("--network={}", store.network.name));
    arguments.push(format!("--volume={}:{AUTHORITIES}:ro", authorities.display()));
    arguments.extend(variables(host));
    arguments
}

fn migrate(
    engine: &Engine,
    store: &Store<'_>,
    built: &Built,
    host: &str,
    authorities: &Path,
) -> anyhow::Result<Output> {
    let mut docker = engine.docker(&["run", "--rm"]);
    output(docker.args(arguments(store, host, authorities)).args([&built.name, "migrate"]))
}

/// Makes the tables and fills them.
pub(super) fn prepare(engine: &Engine, store: &Store<'_>, built: &Built) -> anyhow::Result<()> {
    let migrated = migrate(engine, store, built, NAME, &store.authority())?;
    ensure!(migrated.status.success(), "`migrate` failed: {}", String::from_utf8_lossy(&migrated.stdout));
    store.fill()
}

/// How long the container's program takes until it says that it is ready.
pub(super) fn ready(service: &Container<'_>) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let address = service.address(5153)?;
    loop {
        if http::get(address, "/readiness_check").is_ok_and(|(status, _)| status == 200) {
            let now = SystemTime::now();
            return now
                .duration_since(service.started()?)
                .context("the container started after it was ready");
        }
        ensure!(begun.elapsed() < Duration::from_secs(60), "not ready after 60 s:\n{}", service.logs()?);
        thread::sleep(Duration::from_millis(2));
    }
}

pub(super) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn answers(service: &Container<'_>, store: &Store<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let address = service.address(5153)?;
    let well =
        |path: &str| http::get(address, path).is_ok_and(|(status, body)| status == 200 && body == "ok");
    figures.check("/health_check", "ok", well("/health_check"));
    figures.check("/readiness_check", "ok", well("/readiness_check"));
    let days = http::json(address, "/api/reports/daily_usage")?;
    let used: u64 = values(&days).filter_map(Value::as_u64).sum();
    let expected = store.number("SELECT count(*) FROM tokens WHERE used_at IS NOT NULL")?;
    figures.check(
        "/api/reports/daily_usage",
        format!("{used} visits on {} days", values(&days).count()),
        used == expected,
    );
    let users = http::json(address, "/api/reports/user_visits")?;
    let visits: u64 = values(&users).filter_map(|user| user["visits"].as_u64()).sum();
    let expected = store.number("SELECT count(*) FROM tokens")?;
    figures.check(
        "/api/reports/user_visits",
        format!("{visits} visits of {} users", values(&users).count()),
        visits == expected,
    );
    let tls = store.ask("SELECT DISTINCT version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND application_name = 'coworking-analytics'")?;
    figures.check("its connections are encrypted", tls.clone(), tls.starts_with("TLSv1."));
    let health = service.exec(&["/coworking-analytics", "healthcheck"])?;
    figures.check("`healthcheck` in the container", health.status.to_string(), health.status.success());
    let status = health_status(service)?;
    figures.check("the engine's own health check", status.clone(), status == "healthy");
    let ids = service.field(
        "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}",
    )?;
    figures.check(
        "it runs so, with the engine's seccomp profile",
        ids.clone(),
        ids.starts_with("65532:65532 true [ALL]") && !ids.contains("unconfined"),
    );
    Ok(())
}

fn values(report: &Value) -> impl Iterator<Item = &Value> {
    report.as_object().into_iter().flat_map(serde_json::Map::values)
}

/// The engine asks every ten seconds.
fn health_status(service: &Container<'_>) -> anyhow::Result<String> {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        let status = service.field("{{.State.Health.Status}}")?;
        if status != "starting" || Instant::now() > end {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(200));
    }
}

fn memory(service: &Container<'_>, store: &Store<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    figures.measured("memory, idle: resident, container's account", both(service)?);
    for path in ["/api/reports/daily_usage", "/api/reports/user_visits"] {
        let load = store.load(SERVICE, path, 5)?;
        let told = format!("{:.0} a second, {} failed of {}", load.per_second, load.failed, load.answers);
        figures.check(format!("{path} under load of 4 connections"), told, load.failed == 0);
    }
    figures.measured("memory, after the load", both(service)?);
    let killed = service.field("{{.State.OOMKilled}} {{.RestartCount}}")?;
    figures.check("64 MiB and half a CPU are enough", format!("killed: {killed}"), killed == "false 0");
    Ok(())
}

/// Memory by both accounts.
pub(super) fn both(container: &Container<'_>) -> anyhow::Result<String> {
    Ok(format!("{}, {}", megabytes(container.resident()?), megabytes(container.memory()?)))
}

/// SIGTERM under load: all is answered while it drains, and it ends by itself.
fn drain(service: &Container<'_>, store: &Store<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let (load, took) = thread::scope(|scope| {
        let load = scope.spawn(|| store.load(SERVICE, "/api/reports/daily_usage", 3));
        thread::sleep(Duration::from_secs(1));
        let begun = Instant::now();
        let ended = service.terminate().and_then(|()| service.ends_well()).map(|()| begun.elapsed());
        (load.join(), ended)
    });
    let load = load.map_err(|_| anyhow::anyhow!("the load broke"))??;
    let took = took?;
    figures.check(
        "requests while it drains",
        format!("{} failed of {}", load.failed, load.answers),
        load.failed == 0,
    );
    figures.check(
        "SIGTERM to the end, with a drain of 3 s",
        time(took),
        took >= Duration::from_secs(3) && took < Duration::from_secs(6),
    );
    Ok(())
}
