//! Why a file is named and passed over.

use std::path::PathBuf;

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
