//! Reads the run's settings: `infragen.toml`, `INFRAGEN_*` variables, `--set`.

use std::{env, fs, io};

use anyhow::Context as _;
use clap::Args;

use super::project::{Project, SETTINGS_FILE};
use crate::settings::{Layers, PREFIX, Settings};

/// Settings on the command line.
#[derive(Debug, Default, Args)]
pub(super) struct SettingsArguments {
    /// Sets one key for this run, whatever infragen.toml and INFRAGEN_* variables say
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) assignments: Vec<String>,
}

impl SettingsArguments {
    /// The settings of this run.
    pub(super) fn read(&self, project: &Project) -> anyhow::Result<Settings> {
        let mut layers = Layers::default();
        let file = project.root.join(SETTINGS_FILE);
        match fs::read_to_string(&file) {
            Ok(text) => layers.file(&project.shown(&file), &text)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", project.shown(&file)))?,
        }
        for (name, value) in variables()? {
            layers.variable(&name, &value)?;
        }
        for assignment in &self.assignments {
            layers.set(assignment)?;
        }
        Ok(layers.settings()?)
    }
}

/// The variables that are meant for us, by name.
fn variables() -> anyhow::Result<Vec<(String, String)>> {
    let ours = env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(PREFIX.as_bytes()));
    let mut variables = ours
        .map(|(name, value)| {
            let name = name.to_string_lossy().into_owned();
            let value = value.into_string().ok().with_context(|| format!("variable {name} is not UTF-8"))?;
            Ok((name, value))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    variables.sort();
    Ok(variables)
}
