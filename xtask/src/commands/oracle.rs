//! `cargo xtask oracle`: infragen's errors beside a real API server's refusals.

use clap::Args;

use super::cluster::server::Server;
use crate::console::{say, skipped};
use crate::project;
use crate::run::{cargo, run};

/// Changes valid objects field by field, and asks a real API server and infragen about each
///
/// The objects are those of generated/prod, of infragen's own tests, and one of each kind with all that it can say.
/// It tells how many changes the server refuses, how many of these infragen catches, and where they differ. It takes
/// the test cluster beside the checkout, as `cargo xtask cluster` does.
#[derive(Args)]
pub(crate) struct Oracle;

impl Oracle {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let server = match Server::start()? {
            Ok(server) => server,
            Err(why) => {
                skipped("the comparison with a real API server", why);
                return Ok(());
            }
        };
        say(format_args!("API server {}", server.kubectl().server_version()?));
        let folder = tempfile::tempdir()?;
        let example = |name| {
            let mut cargo = cargo();
            cargo.args(["run", "--quiet", "--package", "infragen", "--example", name, "--"]);
            cargo
        };
        run(example("systems").arg(folder.path()))?;
        let (mut proxy, address) = server.kubectl().proxy()?;
        let compared = run(example("oracle")
            .arg(address)
            .arg(project::generated().join("prod/kubernetes"))
            .arg(folder.path().join("everything/kubernetes")));
        proxy.kill()?;
        proxy.wait()?;
        compared
    }
}
