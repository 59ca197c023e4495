//! What the kustomizations among the files make of the others.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::rules::{CONTRADICTORY_SUBJECT, MISSING_REQUIRED_FIELD, MISSING_REQUIRED_VALUE};
use crate::lint::{Options, Rule};
use crate::read::{Kustomization, NoManifest};

/// What patches are called by those who write them.
const PATCH: &str = "patch";

/// Rules about what is not there.
static LACKS: [&Rule; 2] = [&MISSING_REQUIRED_FIELD, &MISSING_REQUIRED_VALUE];

/// All kustomizations that were found.
pub(super) struct Kustomizations<'k> {
    ingredients: HashMap<&'k Path, &'k Path>,
    resources: HashMap<&'k Path, &'k Path>,
    folders: HashSet<&'k Path>,
}

impl<'k> Kustomizations<'k> {
    pub(super) fn new(found: impl Iterator<Item = &'k Kustomization>) -> Self {
        let mut all =
            Self { ingredients: HashMap::new(), resources: HashMap::new(), folders: HashSet::new() };
        for Kustomization { folder, resources, ingredients } in found {
            all.folders.insert(folder);
            all.resources.extend(resources.iter().map(|file| (file.as_path(), folder.as_path())));
            all.ingredients.extend(ingredients.iter().map(|file| (file.as_path(), folder.as_path())));
        }
        all
    }

    /// Why a file is no manifest, where a kustomization says so.
    ///
    /// One that is called a patch is one, too, though no kustomization lists it now: people keep them to be put in.
    pub(super) fn use_of(&self, file: &Path) -> Option<NoManifest> {
        let by_name = || {
            let is_patch = file.file_name()?.to_string_lossy().to_lowercase().contains(PATCH);
            let is_manifest = self.resources.contains_key(file);
            // `prod/patches/replicas.yaml`
            let mut folders = file.ancestors().skip(1).take(2);
            let is_in_patches = file.parent()?.ends_with("patches");
            let nearest = folders.find(|folder| self.folders.contains(folder))?;
            ((is_patch || is_in_patches) && !is_manifest).then_some(nearest)
        };
        let kustomization = self.ingredients.get(file).copied().or_else(by_name)?;
        Some(NoManifest::Ingredient { kustomization: kustomization.to_owned() })
    }

    /// What an object lacks that a kustomization lists may come from labels, a namespace or a patch that it puts in: of
    /// this nobody can be sure before it is put together.
    pub(super) fn weigh(&self, diagnostic: &mut Diagnostic, options: &Options) {
        let is_lack = LACKS.iter().any(|rule| rule.id == diagnostic.rule)
            || diagnostic.rule == CONTRADICTORY_SUBJECT.id
                && diagnostic.path.to_string().ends_with(".namespace");
        if !is_lack || options.severities.contains_key(diagnostic.rule) {
            return;
        }
        if let Some(folder) = self.resources.get(diagnostic.file.as_path()) {
            let folder = if *folder == Path::new("") { Path::new(".") } else { folder };
            diagnostic.severity = diagnostic.severity.min(Severity::Warning);
            diagnostic.help += &format!(
                ", unless a kustomization does: `kubectl kustomize {} | infragen validate -` tells",
                folder.display()
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Kustomizations;
    use crate::read::Kustomization;

    #[test]
    fn what_is_called_a_patch_beside_a_kustomization_is_one() {
        let prod = Kustomization {
            folder: "prod".into(),
            resources: vec!["prod/web.yaml".into(), "prod/patch_panel.yaml".into()],
            ingredients: vec!["shared/replicas.yaml".into()],
        };
        let all = Kustomizations::new([&prod].into_iter());
        for (file, expected) in [
            ("shared/replicas.yaml", true),
            ("prod/webhook_patch.yaml", true),
            ("prod/patches/webhook.yaml", true),
            ("prod/patch_panel.yaml", false),
            ("prod/other.yaml", false),
            ("shared/webhook_patch.yaml", false),
        ] {
            assert_eq!(all.use_of(Path::new(file)).is_some(), expected, "{file}");
        }
    }
}
