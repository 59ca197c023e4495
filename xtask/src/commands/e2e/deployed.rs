//! Each environment by one `kubectl apply`: everything ready, nothing looser than asked, every endpoint answering.

use std::time::Instant;

use anyhow::Context as _;
use serde_json::Value;

use super::environment::{Environment, PORT, name};
use super::stage::{INSIDE, NODE, Stage};
use crate::commands::cluster::refused;
use crate::console::time;
use crate::figures::Figures;

/// Those that are deployed.
pub(super) struct Environments<'a> {
    pub(super) dev: Environment<'a>,
    /// Staging and prod, whose databases must be outside of the cluster.
    pub(super) outside: Option<[Environment<'a>; 2]>,
}

/// Who may ask an environment: anybody, or the network that its load balancer is in.
pub(super) fn asker(environment: &Environment<'_>) -> &'static str {
    if environment.name == "dev" { INSIDE } else { NODE }
}

/// Deploys and asks all of them.
pub(super) fn check<'a>(stage: &'a Stage<'a>, figures: &mut Figures) -> anyhow::Result<Environments<'a>> {
    let dev = Environment::render(stage, "dev")?;
    let image =
        &dev.of_kind("StatefulSet").next().context("dev has no database")?["spec"]["template"]["spec"];
    let image = image["containers"][0]["image"].as_str().context("the database has no image")?;
    stage.cluster.postgres(image)?;
    let outside = if stage.cluster.is_test() {
        Some([Environment::render(stage, "staging")?, Environment::render(stage, "prod")?])
    } else {
        None
    };
    for environment in [&dev].into_iter().chain(outside.iter().flatten()) {
        deploy(stage, environment, figures).with_context(|| format!("environment {}", environment.name))?;
    }
    Ok(Environments { dev, outside })
}

fn deploy(stage: &Stage<'_>, environment: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let of = |what: &str| format!("{}: {what}", environment.name);
    environment.secrets()?;
    let begun = Instant::now();
    environment.apply(&stage.version)?;
    environment.ready(180)?;
    let objects = environment.objects.len();
    figures.check(
        of("one apply until all is ready"),
        format!("{objects} objects, {}", time(begun.elapsed())),
        true,
    );
    environment.fill()?;

    let (kubectl, namespace) = (stage.kubectl(), &environment.namespace);
    let privileged = refused::privileged(kubectl, namespace)?;
    let quota = environment.of_kind("ResourceQuota").next().context("no quota is rendered")?;
    let over = refused::over_quota(kubectl, namespace, name(quota))?;
    figures.check(of("a privileged Pod, a Pod over quota"), format!("{privileged}, {over}"), true);

    let external = environment.json(&["get", "service", "coworking-external"])?;
    let port = external["spec"]["ports"][0]["nodePort"].as_u64().context("the Service has no node port")?;
    // Some node ports answer on the Pods' own nodes alone.
    let pods = environment.pods()?;
    let address = pods.first().and_then(|pod| pod["status"]["hostIP"].as_str());
    let node = format!("{}:{port}", address.context("the Pod's node has no address")?);
    let service = format!("{}:{PORT}", environment.host());
    for (way, who, host) in [("its Service", asker(environment), &service), ("its node port", NODE, &node)] {
        let seen = answers(stage, environment, who, host)?;
        figures.check(of(&format!("every endpoint answers through {way}")), seen, true);
    }
    Ok(())
}

/// Asks every endpoint; the reports must hold what the database holds.
fn answers(
    stage: &Stage<'_>,
    environment: &Environment<'_>,
    who: &str,
    host: &str,
) -> anyhow::Result<String> {
    for path in ["/health_check", "/readiness_check"] {
        let said = stage.get(who, &format!("http://{host}{path}"))?;
        anyhow::ensure!(said == "ok", "{path} says `{said}`");
    }
    let report = |path: &str| -> anyhow::Result<Value> {
        let said = stage.get(who, &format!("http://{host}{path}"))?;
        serde_json::from_str(&said).with_context(|| format!("{path} says `{said}`"))
    };
    let values = |report: &Value| {
        report.as_object().map(|all| all.values().cloned().collect::<Vec<_>>()).unwrap_or_default()
    };
    let used: u64 = values(&report("/api/reports/daily_usage")?).iter().filter_map(Value::as_u64).sum();
    let visits: u64 =
        values(&report("/api/reports/user_visits")?).iter().filter_map(|user| user["visits"].as_u64()).sum();
    let count = |sql: &str| -> anyhow::Result<u64> { Ok(environment.sql("coworking", sql)?.parse()?) };
    let expected = (
        count("SELECT count(*) FROM tokens WHERE used_at IS NOT NULL")?,
        count("SELECT count(*) FROM tokens")?,
    );
    anyhow::ensure!((used, visits) == expected, "reports of {used} and {visits} visits, of {expected:?}");
    Ok(format!("reports of {used} and {visits} visits"))
}
