//! What rules are to run, and against what: by the arguments, or else by the project's settings.

use std::path::PathBuf;

use anyhow::bail;

use super::Validate;
use crate::cli::definitions;
use crate::cli::project::Project;
use crate::cli::words::counted;
use crate::lint::{Options, rules};
use crate::nearest::nearest;
use crate::settings::Settings;

impl Validate {
    pub(super) fn options(&self, project: &Project, settings: &Settings) -> anyhow::Result<Options> {
        let said = &settings.validate;
        for (key, names) in [("select", &said.select), ("optional", &said.optional), ("ignore", &said.ignore)]
        {
            known(names, &place(settings, &format!("validate.{key}")))?;
        }
        for rule in said.severities.keys() {
            known([rule], &place(settings, &format!("validate.severities.{rule}")))?;
        }
        known([&self.select, &self.optional, &self.ignore].into_iter().flatten(), "")?;
        let select = or(&self.select, &said.select);
        let crds: Vec<PathBuf> = match &self.crds[..] {
            [] => definitions::below(project, &said.crds),
            given => given.to_vec(),
        };
        let versions = or(&self.kubernetes_version, &said.kubernetes_version);
        Ok(Options {
            select: (!select.is_empty()).then_some(select),
            optional: or(&self.optional, &said.optional),
            ignore: or(&self.ignore, &said.ignore),
            severities: said.severities.clone(),
            kubernetes: versions
                .iter()
                .map(|version| (version.major().into(), version.minor().into()))
                .collect(),
            allowed_kinds: or(&self.allow_kind, &said.allow_kind),
            definitions: definitions::read(&crds)?,
            pod_security: self.pod_security.or(said.pod_security),
        })
    }
}

/// What was given, or else what was said before.
fn or<T: Clone>(given: &[T], said: &[T]) -> Vec<T> {
    if given.is_empty() { said.to_vec() } else { given.to_vec() }
}

/// What to put before a message about a key of the settings.
fn place(settings: &Settings, key: &str) -> String {
    settings.places.get(key).map(|place| format!("{place}: ")).unwrap_or_default()
}

fn known<'n>(names: impl IntoIterator<Item = &'n String>, place: &str) -> anyhow::Result<()> {
    for name in names {
        if !rules::ALL.iter().any(|rule| rule.id == name) {
            let near = nearest(name, rules::ALL.iter().map(|rule| rule.id));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let all = counted(rules::ALL.len(), "rule");
            bail!("{place}there is no rule `{name}`{hint}\n`infragen rules` lists all {all}");
        }
    }
    Ok(())
}
