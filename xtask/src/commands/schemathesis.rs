//! `cargo xtask schemathesis`: whether the service does what its OpenAPI document says.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::console::{note, say, skipped};
use crate::debian::{self, PYTHON_VENV};
use crate::project;
use crate::run::{command, run, succeeds};
use crate::service::{self, Asking, Service};

/// Pinned, so that a new check of it cannot break what passed.
const VERSION: &str = "4.32.5";

const SETTINGS: &str = include_str!("schemathesis/schemathesis.toml");

/// Sends the service what its OpenAPI document allows, and what it does not, with every check of schemathesis
///
/// Once to a service that asks nobody, and once, with a token, to one that wants it. Both run on the embedded sample.
#[derive(Args)]
pub(crate) struct Schemathesis {
    /// How many requests it makes up for each operation
    #[arg(long, default_value_t = 40)]
    examples: u32,
    /// Where chance begins: the same number makes the same requests
    #[arg(long, default_value_t = 5153)]
    seed: u64,
}

impl Schemathesis {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let Some((_, why)) = debian::provide(&[&PYTHON_VENV])?.first() {
            skipped("schemathesis", why);
            return Ok(());
        }
        let program = match install()? {
            Ok(program) => program,
            Err(why) => {
                skipped("schemathesis", why);
                return Ok(());
            }
        };
        let service = service::build()?;
        let folder = tempfile::tempdir()?;
        let settings = folder.path().join("schemathesis.toml");
        for asking in [Asking::Anybody, Asking::WithToken] {
            // In the file and not an argument: commands are shown.
            let headers = match asking {
                Asking::Anybody => String::new(),
                Asking::WithToken => {
                    note("with a token of the roles `admin` and `ops`");
                    format!(
                        "headers = {{ Authorization = \"Bearer {}\" }}\n",
                        service::token(&["admin", "ops"])?
                    )
                }
            };
            fs::write(&settings, headers + SETTINGS)?;
            let running = Service::start(&service, asking)?;
            let mut checks = command(&program);
            checks.current_dir(folder.path()).arg("--config-file").arg(&settings);
            checks.arg("run").arg(format!("{}/openapi.json", running.address()));
            checks.args(["--checks", "all", "--no-color", "--seed", &self.seed.to_string()]);
            checks.args(["--max-examples", &self.examples.to_string()]);
            run(&mut checks)?;
        }
        say(format_args!("schemathesis: {VERSION} found nothing, without tokens and with"));
        Ok(())
    }
}

/// Where it is, in a folder of its own beside what is built; or why it is not.
fn install() -> anyhow::Result<Result<PathBuf, String>> {
    let folder = project::target().join(format!("schemathesis-{VERSION}"));
    let program = folder.join("bin/schemathesis");
    if !program.exists() {
        run(command("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = folder.join("bin/pip");
        let package = format!("schemathesis=={VERSION}");
        if let Err(error) = run(command(pip).args(["install", "--quiet", &package])) {
            return Ok(Err(format!("it cannot be had from PyPI: {error:#}")));
        }
    }
    Ok(match succeeds(&program.to_string_lossy(), &["--version"]) {
        true => Ok(program),
        false => Err(format!("{} does not run", program.display())),
    })
}
