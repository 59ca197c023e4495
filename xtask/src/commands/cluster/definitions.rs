//! Definitions of what operators bring: the test cluster has none of them.

use crate::console::note;

use super::kubectl::Kubectl;

/// ExternalSecret, as far as infragen writes it.
const EXTERNAL_SECRET: &str = include_str!("external_secret.yaml");

/// Definitions that are there while the environments are applied.
pub(in crate::commands) struct Definitions<'a> {
    kubectl: &'a Kubectl,
    installed: bool,
}

impl<'a> Definitions<'a> {
    /// Installs what is missing.
    pub(in crate::commands) fn install(kubectl: &'a Kubectl) -> anyhow::Result<Self> {
        let there =
            kubectl.says(&["get", "--ignore-not-found", "--output=name", "--filename=-"], EXTERNAL_SECRET)?;
        let installed = there.0.is_empty();
        if installed {
            kubectl.says(&["create", "--filename=-"], EXTERNAL_SECRET)?;
            let wait = ["wait", "--for=condition=Established", "--timeout=30s", "--filename=-"];
            kubectl.says(&wait, EXTERNAL_SECRET)?;
            note(
                "no External Secrets operator is there: installed a definition of ExternalSecret for the proof",
            );
        }
        Ok(Self { kubectl, installed })
    }
}

impl Drop for Definitions<'_> {
    fn drop(&mut self) {
        if self.installed
            && let Err(error) = self.kubectl.says(&["delete", "--filename=-"], EXTERNAL_SECRET)
        {
            note(format_args!("the definition of ExternalSecret is left: {error:#}"));
        }
    }
}
