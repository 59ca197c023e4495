//! `cargo xtask e2e`: what is rendered runs on a real cluster, and is put to the test there.

mod authority;
mod autoscaler;
mod backup;
mod changed;
mod cluster;
mod deletion;
mod deployed;
mod environment;
mod guest;
mod killed;
mod ledger;
mod limits;
mod names;
mod network;
mod page;
mod pipeline;
mod releases;
mod rollout;
mod stage;
mod steady;
mod used;

use std::time::Instant;

use clap::Args;

use crate::console::{note, say, skipped, time};
use crate::figures::Figures;
use crate::run::{command, text};

use cluster::Cluster;
use environment::Environment;
use ledger::Ledger;
use stage::Stage;

use super::image::{self, engine::Engine, release};

/// Deploys dev, staging and prod on a real cluster, and tries them: reports, load, network policies, backup
///
/// It takes the test cluster beside the checkout (`../shared/cluster`) with its node, builds the image, loads it under
/// the names that the manifests use, and applies what `infragen render` writes. RDS' place is taken by a PostgreSQL
/// with TLS, External Secrets' by Secrets made here, and the load balancer's by the node. What it starts, it stops.
///
/// Where there is no test cluster it takes the one that KUBECONFIG names: dev alone, whose database is in the cluster,
/// and only where the cluster has none of it yet. It deletes what it brought there.
#[derive(Args)]
pub(crate) struct E2e {
    /// Leaves the cluster running, and what was brought to it, to be looked at
    #[arg(long)]
    keep: bool,
    /// Takes the image that the engine has under the name that deployments use, if it was built of this commit
    #[arg(long)]
    built: bool,
    /// Only whether it runs: reports, steady load, network policies, backup and restore
    ///
    /// Not made are the rollouts, the faults, the autoscaler's load and the deletion.
    #[arg(long)]
    short: bool,
    /// Puts the table into docs/e2e.md, once all checks of the test cluster hold
    #[arg(long, conflicts_with_all = ["short", "kubeconfig"])]
    write: bool,
    /// Takes the cluster that KUBECONFIG names, also where the test cluster is there
    #[arg(long)]
    kubeconfig: bool,
    /// What gives that cluster an archive of images, whose path is put behind it: known of kind and k3d
    #[arg(long, value_name = "COMMAND")]
    load: Option<String>,
}

impl E2e {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let begun = Instant::now();
        let left_out = |why: String| {
            skipped("the deployment on a real cluster", why);
            Ok(())
        };
        let mut cluster = match self.cluster()? {
            Ok(cluster) => cluster,
            Err(why) => return left_out(why),
        };
        cluster.keep(self.keep);
        let engine = match Engine::start()? {
            Ok(engine) => engine,
            Err(why) => return left_out(why),
        };
        let name = release::Release::rendered()?.name();
        let built =
            if self.built && is_of_this_commit(&engine, &name)? { name } else { image::build(&engine)?.name };
        say(format_args!("API server {}", cluster.kubectl.server_version()?));
        let mut checks = Checks { cluster: &cluster, figures: Figures::default() };
        if let Err(error) = self.try_all(&engine, &built, &cluster, &mut checks) {
            checks.failed("what the checks need is there", &error);
        }
        checks.figures.measured("all of it", time(begun.elapsed()));
        let table = checks.figures.table();
        checks.figures.tell("e2e")?;
        if self.write && cluster.is_test() { page::write(&table) } else { Ok(()) }
    }

    fn cluster(&self) -> anyhow::Result<Result<Cluster, String>> {
        let test = if self.kubeconfig { Err(String::new()) } else { Cluster::test()? };
        match test {
            Ok(cluster) => Ok(Ok(cluster)),
            Err(why) => Ok(Cluster::named(self.load.as_deref())?
                .map_err(|also| if why.is_empty() { also } else { format!("{why}, and {also}") })),
        }
    }

    fn try_all(
        &self,
        engine: &Engine,
        built: &str,
        cluster: &Cluster,
        checks: &mut Checks<'_>,
    ) -> anyhow::Result<()> {
        let stage = &Stage::set(engine, built, cluster)?;
        let deployed::Environments { dev, outside } = &deployed::check(stage, &mut checks.figures)?;
        let all: Vec<&Environment<'_>> = [dev].into_iter().chain(outside.iter().flatten()).collect();
        let prod = outside.as_ref().map(|[_, prod]| prod);
        if prod.is_none() {
            skipped(
                "staging and prod",
                "their databases are outside of the cluster, where only the test cluster reaches what stands for them; \
                 and with them a drain, the autoscaler and production's limits",
            );
        }
        let ledger = &mut Ledger::default();
        if let Some(prod) = prod {
            checks.make("steady load", |figures| limits::steady(stage, prod, ledger, figures));
        }
        checks.make("network policies", |figures| network::check(stage, dev, prod, figures));
        checks.make("backup and restore", |figures| backup::check(dev, figures));
        if self.short {
            return Ok(());
        }
        checks.look(ledger, &all);
        match prod {
            Some(prod) => {
                let mut releases = Checks { cluster, figures: Figures::default() };
                checks.make("a rollout of production", |figures| {
                    rollout::check(stage, prod, figures, || {
                        releases_of(dev, stage, &all, ledger, &mut releases)
                    })
                });
                checks.figures.append(releases.figures);
                checks.make("a killed Pod", |figures| killed::service(stage, prod, ledger, figures));
            }
            None => releases_of(dev, stage, &all, ledger, checks),
        }
        checks.make("a killed database", |figures| killed::database(stage, dev, figures));
        checks.look(ledger, &all);
        if let Some(prod) = prod {
            checks.make("a drain", |figures| killed::drain(stage, prod, figures));
            checks.look(ledger, &all);
            limits::alarm(ledger, prod, &mut checks.figures);
            checks.make("the autoscaler", |figures| autoscaler::check(stage, prod, ledger, figures));
            checks.look(ledger, &all);
        }
        limits::check(ledger, &all, &mut checks.figures);
        checks.make("the deletion", |figures| deletion::check(stage, &all, figures));
        Ok(())
    }
}

/// Whether the engine has an image of this name that was built of what is checked out, as its label says.
fn is_of_this_commit(engine: &Engine, name: &str) -> anyhow::Result<bool> {
    let label = r#"{{index .Config.Labels "org.opencontainers.image.revision"}}"#;
    let revision = text(command("git").args(["rev-parse", "HEAD"]))?;
    Ok(engine.has(name) && engine.text(&["image", "inspect", "--format", label, name])? == revision.trim())
}

/// Releases of dev, and both ways back.
fn releases_of(
    dev: &Environment<'_>,
    stage: &Stage<'_>,
    all: &[&Environment<'_>],
    ledger: &mut Ledger,
    checks: &mut Checks<'_>,
) {
    checks.make("a rollout of dev", |figures| releases::good(stage, dev, figures));
    checks.look(ledger, all);
    checks.make("a release that crashes", |figures| releases::crashing(stage, dev, figures));
    checks.look(ledger, all);
    checks.make("a release that is never ready", |figures| releases::silent(stage, dev, figures));
    checks.look(ledger, all);
    checks.make("a changed variable", |figures| releases::changed(stage, dev, figures));
    checks.look(ledger, all);
}

/// Checks, one after the other: one that cannot be made is a miss, and the next is made all the same.
struct Checks<'a> {
    cluster: &'a Cluster,
    figures: Figures,
}

impl Checks<'_> {
    fn make(&mut self, what: &str, check: impl FnOnce(&mut Figures) -> anyhow::Result<()>) {
        if let Err(error) = check(&mut self.figures) {
            self.failed(&format!("{what}: could be checked"), &error);
        }
    }

    /// Writes down what became of Pods so far.
    fn look(&mut self, ledger: &mut Ledger, environments: &[&Environment<'_>]) {
        self.make("what Pods used", |_| ledger.look(environments));
    }

    fn failed(&mut self, what: &str, error: &anyhow::Error) {
        note(format_args!("error: {error:#}"));
        self.cluster.explain();
        self.figures.check(what, format!("{error:#}").lines().next().unwrap_or_default(), false);
    }
}
