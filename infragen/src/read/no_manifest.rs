//! Why a file is named and passed over.

use std::path::{Path, PathBuf};

use super::ReadError;
use super::builder::TAG;

/// Why a file holds no manifest, though it may look as if it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoManifest {
    /// It is other YAML: a chart's values, a workflow, settings.
    Other,
    /// It is a template of a chart, and becomes a manifest when the chart is rendered.
    Template {
        /// The chart's folder.
        chart: PathBuf,
    },
    /// It is what a kustomization makes something of: a patch, a transformer, what a generator puts into a ConfigMap.
    Ingredient {
        /// The kustomization's folder.
        kustomization: PathBuf,
    },
}

/// Whether a text that cannot be read is none that would be a manifest if it could: JSON with comments, such as the
/// settings of editors and compilers, or YAML with tags of its own, such as a template of CloudFormation.
#[must_use]
pub fn is_of_others(file: &Path, text: &str, error: &ReadError) -> bool {
    let is_json = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let has_comments = is_json && ["//", "/*"].iter().any(|sign| text.contains(sign));
    let has_mark = ["apiVersion", "kind:", "\"kind\"", "phases"].iter().any(|mark| text.contains(mark));
    !has_mark && (has_comments || error.message.starts_with(TAG))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_of_others;
    use crate::read;

    #[test]
    fn what_only_others_read_is_told_from_broken_manifests() {
        for (file, text, expected) in [
            ("tsconfig.json", "{\"target\": \"es2022\" // the newest\n}", true),
            ("pod.json", "{\"kind\": \"Pod\" // mine\n}", false),
            ("array.json", "[[", false),
            ("stack.yaml", "Resources: {Bucket: {Name: !Ref Name}}", true),
            ("pod.yaml", "kind: Pod\nmetadata: {name: !Ref Name}", false),
            ("buildspec.yml", "phases: {build: {commands: !Ref Commands}}", false),
            ("notes.yaml", "a: [", false),
        ] {
            let error = read::documents(text).unwrap_err();
            assert_eq!(is_of_others(Path::new(file), text, &error), expected, "{text}");
        }
    }
}
