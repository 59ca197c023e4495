//! Which API versions are deprecated and gone, since when, and what replaces them: as `k8s.io/api` says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::commands::yaml::files_below;

/// The life of one kind in one API version.
#[derive(Clone, Debug, Default)]
pub(super) struct Lifecycle {
    /// The minor version since which its use is warned of.
    pub(super) deprecated: Option<u32>,
    /// The minor version that serves it no more.
    pub(super) removed: Option<u32>,
    /// API version and kind of what replaces it.
    pub(super) replacement: Option<(String, String)>,
}

/// All that is known, by kind and API version.
pub(super) struct Lifecycles(pub(super) BTreeMap<(String, String), Lifecycle>);

impl Lifecycles {
    /// What `k8s.io/api` does not hold: kinds of the extension servers.
    pub(super) fn of_other_modules() -> Self {
        let known = [
            ("CustomResourceDefinition", "apiextensions.k8s.io", 16, 22),
            ("APIService", "apiregistration.k8s.io", 19, 22),
        ];
        Self(
            known
                .into_iter()
                .map(|(kind, group, deprecated, removed)| {
                    let life = Lifecycle {
                        deprecated: Some(deprecated),
                        removed: Some(removed),
                        replacement: Some((format!("{group}/v1"), kind.to_owned())),
                    };
                    ((kind.to_owned(), format!("{group}/v1beta1")), life)
                })
                .collect(),
        )
    }

    /// Reads a release of `k8s.io/api`; what it says outranks what an older one said.
    pub(super) fn read(&mut self, folder: &Path) -> anyhow::Result<()> {
        for file in files_below(folder, &["go"])? {
            if file.file_name().is_some_and(|name| name == "zz_generated.prerelease-lifecycle.go") {
                let version_folder = file.parent().context("a file lies in a folder")?;
                let version = version_folder.file_name().unwrap_or_default().to_string_lossy();
                let api_version = format!("{}/{version}", group(version_folder)?);
                self.take(&fs::read_to_string(&file)?, &api_version);
            }
        }
        Ok(())
    }

    fn take(&mut self, source: &str, api_version: &str) {
        let mut lines = source.lines();
        while let Some(line) = lines.next() {
            let Some(rest) = line.strip_prefix("func (in *") else { continue };
            let Some((kind, rest)) = rest.split_once(") APILifecycle") else { continue };
            let Some(answer) = lines.next().and_then(|line| line.trim().strip_prefix("return ")) else {
                continue;
            };
            let life = self.0.entry((kind.to_owned(), api_version.to_owned())).or_default();
            match rest.split('(').next() {
                Some("Deprecated") => life.deprecated = minor(answer),
                Some("Removed") => life.removed = minor(answer),
                Some("Replacement") => life.replacement = replacement(answer, kind),
                _ => {}
            }
        }
    }
}

/// The 19 of `1, 19`.
fn minor(answer: &str) -> Option<u32> {
    answer.strip_prefix("1, ")?.parse().ok()
}

/// What `schema.GroupVersionKind{Group: "apps", Version: "v1", Kind: "DaemonSet"}` says replaces a kind.
fn replacement(answer: &str, replaced: &str) -> Option<(String, String)> {
    let part = |name: &str| answer.split(&format!("{name}: \"")).nth(1)?.split('"').next();
    let (group, version, kind) = (part("Group")?, part("Version")?, part("Kind")?);
    // The source replaces IngressClass by IngressClassList.
    let kind = if kind.strip_suffix("List") == Some(replaced) { replaced } else { kind };
    let separator = if group.is_empty() { "" } else { "/" };
    Some((format!("{group}{separator}{version}"), kind.to_owned()))
}

/// What a folder of `k8s.io/api` calls its group.
fn group(folder: &Path) -> anyhow::Result<String> {
    let register = folder.join("register.go");
    let source =
        fs::read_to_string(&register).with_context(|| format!("cannot read {}", register.display()))?;
    let name = source.split("const GroupName = \"").nth(1).and_then(|rest| rest.split('"').next());
    name.map(str::to_owned).with_context(|| format!("{} names no group", register.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_source_says_is_understood() {
        let source = "func (in *Ingress) APILifecycleDeprecated() (major, minor int) {\n\treturn 1, 19\n}\n\
            func (in *Ingress) APILifecycleReplacement() schema.GroupVersionKind {\n\
            \treturn schema.GroupVersionKind{Group: \"networking.k8s.io\", Version: \"v1\", Kind: \"Ingress\"}\n}\n";
        let mut lifecycles = Lifecycles::of_other_modules();
        lifecycles.take(source, "networking.k8s.io/v1beta1");
        let life = &lifecycles.0[&("Ingress".to_owned(), "networking.k8s.io/v1beta1".to_owned())];
        assert_eq!(life.deprecated, Some(19));
        assert_eq!(life.replacement, Some(("networking.k8s.io/v1".to_owned(), "Ingress".to_owned())));
    }
}
