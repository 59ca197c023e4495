//! `cargo xtask oracle`: infragen's errors beside a real API server's refusals.

use clap::Args;

use super::cluster::server::Server;
use crate::console::{say, skipped};
use crate::project;
use crate::run::{cargo, run};

/// Changes valid objects field by field, and asks a real API server and infragen about each
///
/// The objects are those of generated/prod, of infragen's own tests, one of each kind with all that it can say, and a
/// kind of somebody's own with its definition.
/// It tells how many changes the server refuses, how many of these infragen catches, and where they differ. It takes
/// the test cluster beside the checkout, as `cargo xtask cluster` does. It fails when infragen calls an error what the
/// server takes, or misses what docs/oracle.md does not list.
#[derive(Args)]
pub(crate) struct Oracle {
    /// Write docs/oracle.md: the figures, and the list of what is missed
    #[arg(long)]
    write: bool,
}

impl Oracle {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let server = match Server::start()? {
            Ok(server) => server,
            Err(why) => {
                skipped("the comparison with a real API server", why);
                return Ok(());
            }
        };
        let version = server.kubectl().server_version()?;
        say(format_args!("API server {version}"));
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
            .arg(&version)
            .arg(project::target().join("oracle").join(format!("{version}.jsonl")))
            .arg(project::root().join("docs/oracle.md"))
            .arg(if self.write { "write" } else { "compare" })
            .arg(project::generated().join("prod/kubernetes"))
            .arg(folder.path().join("everything/kubernetes")));
        proxy.kill()?;
        proxy.wait()?;
        compared
    }
}
