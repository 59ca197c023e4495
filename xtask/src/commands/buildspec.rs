//! Rendered buildspecs, whose phases chores run as CodeBuild does.

use anyhow::{Context as _, ensure};
use serde_json::Value;

use super::yaml::documents;
use crate::project;

/// The commands of a phase, for one shell, as our buildspecs ask for.
pub(super) fn commands(environment: &str, build: &str, phase: &str) -> anyhow::Result<String> {
    let file = project::generated().join(environment).join(format!("codebuild/{build}.buildspec.yaml"));
    let buildspec = documents(&file)?.into_iter().next();
    let buildspec = buildspec.with_context(|| format!("{} is empty", file.display()))?;
    let commands = buildspec["phases"][phase]["commands"].as_array().into_iter().flatten();
    let commands: Vec<&str> = commands.filter_map(Value::as_str).collect();
    ensure!(!commands.is_empty(), "{} has no commands in {phase}", file.display());
    Ok(commands.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_is_found_by_its_name() {
        assert!(commands("prod", "deployment", "build").unwrap().contains("codebuild/scripts/roll-out"));
        let told = commands("prod", "deployment", "built").unwrap_err().to_string();
        assert!(told.ends_with("deployment.buildspec.yaml has no commands in built"), "{told}");
    }
}
