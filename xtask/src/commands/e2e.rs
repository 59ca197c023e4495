//! `cargo xtask e2e`: what is rendered runs on a real cluster, and is put to the test there.

mod authority;
mod autoscaler;
mod backup;
mod cluster;
mod deletion;
mod deployed;
mod environment;
mod killed;
mod limits;
mod names;
mod network;
mod rollout;
mod stage;
mod steady;

use std::time::Instant;

use clap::Args;

use crate::console::{note, say, skipped, time};
use crate::figures::Figures;

use super::image::{self, engine::Engine, release};

/// Deploys dev, staging and prod on a real cluster, and tries them: reports, load, network policies, backup
///
/// It takes the test cluster beside the checkout (`../shared/cluster`) with its node, builds the image, loads it under
/// the names that the manifests use, and applies what `infragen render` writes. RDS' place is taken by a PostgreSQL
/// with TLS, External Secrets' by Secrets made here, and the load balancer's by the node. What it starts, it stops.
#[derive(Args)]
pub(crate) struct E2e {
    /// Leaves the cluster running, to be looked at
    #[arg(long)]
    keep: bool,
    /// Takes an image that the engine has, under the name that deployments use, and builds none
    #[arg(long)]
    built: bool,
    /// Rollouts under load, releases that cannot run, killed Pods, a drain, the autoscaler and the deletion too
    ///
    /// Ten minutes more, and not all of it holds yet: the table says what does not.
    #[arg(long)]
    faults: bool,
}

impl E2e {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let begun = Instant::now();
        let engine = match Engine::start()? {
            Ok(engine) => engine,
            Err(why) => {
                skipped("the deployment on a real cluster", why);
                return Ok(());
            }
        };
        let built =
            if self.built { release::Release::rendered()?.name() } else { image::build(&engine)?.name };
        let mut cluster = match cluster::Cluster::start()? {
            Ok(cluster) => cluster,
            Err(why) => {
                skipped("the deployment on a real cluster", why);
                return Ok(());
            }
        };
        cluster.keep(self.keep);
        say(format_args!("API server {}", cluster.kubectl.server_version()?));
        let mut figures = Figures::default();
        let tried = self.try_all(&engine, &built, &cluster, &mut figures);
        if let Err(error) = &tried {
            note(format_args!("error: {error:#}"));
            cluster.explain();
            figures.check(
                "all checks were made",
                format!("{error:#}").lines().next().unwrap_or_default(),
                false,
            );
        }
        figures.measured("all of it", time(begun.elapsed()));
        figures.tell("e2e")
    }

    fn try_all(
        &self,
        engine: &Engine,
        built: &str,
        cluster: &cluster::Cluster,
        figures: &mut Figures,
    ) -> anyhow::Result<()> {
        let stage = stage::Stage::set(engine, built, cluster)?;
        let environments = deployed::check(&stage, figures)?;
        let deployed::Environments { dev, staging, prod } = &environments;
        limits::steady(&stage, prod, figures)?;
        network::check(&stage, dev, prod, figures)?;
        backup::check(dev, figures)?;
        if !self.faults {
            return Ok(());
        }
        rollout::check(&stage, dev, prod, figures)?;
        killed::check(&stage, dev, prod, figures)?;
        autoscaler::check(&stage, prod, figures)?;
        limits::check(&stage, &[dev, staging, prod], figures)?;
        deletion::check(&stage, &[staging, prod, dev], figures)
    }
}
