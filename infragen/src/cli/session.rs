//! What commands share: the environments, by name, and where to print.

use anyhow::bail;

use super::console::Console;
use crate::nearest::nearest;
use crate::spec::Environment;

/// One run of infragen.
pub(super) struct Session<'e> {
    environments: &'e [fn() -> Environment],
    pub(super) console: Console,
}

impl<'e> Session<'e> {
    pub(super) const fn new(environments: &'e [fn() -> Environment], console: Console) -> Self {
        Self { environments, console }
    }

    /// All environments, in the order in which the team lists them.
    pub(super) fn all(&self) -> anyhow::Result<Vec<Environment>> {
        let all: Vec<Environment> = self.environments.iter().map(|environment| environment()).collect();
        for (position, environment) in all.iter().enumerate() {
            if all[..position].iter().any(|earlier| earlier.name() == environment.name()) {
                bail!("two environments are named `{}`: give each a name of its own", environment.name());
            }
        }
        Ok(all)
    }

    /// The environments of these names, each once.
    pub(super) fn named(&self, names: &[String]) -> anyhow::Result<Vec<Environment>> {
        let all = self.all()?;
        if let Some(unknown) = names.iter().find(|name| !all.iter().any(|one| one.name().as_str() == *name)) {
            bail!(unknown_environment(unknown, &all));
        }
        Ok(all.into_iter().filter(|one| names.iter().any(|name| name == one.name().as_str())).collect())
    }

    /// The environment of this name.
    pub(super) fn one(&self, name: &str) -> anyhow::Result<Environment> {
        let all = self.all()?;
        let unknown = unknown_environment(name, &all);
        all.into_iter().find(|one| one.name().as_str() == name).ok_or_else(|| anyhow::anyhow!(unknown))
    }
}

fn unknown_environment(asked: &str, all: &[Environment]) -> String {
    let names: Vec<&str> = all.iter().map(|environment| environment.name().as_str()).collect();
    let hint = nearest(asked, names.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    let hint = hint.unwrap_or_default();
    if names.is_empty() {
        return format!("there is no environment `{asked}`, nor any other: list yours in `main`");
    }
    format!("there is no environment `{asked}`{hint}\nthe environments are: {}", names.join(", "))
}
