//! Tells what was passed over, and how to look at what it becomes.

use std::path::{Path, PathBuf};

use crate::cli::project::Project;
use crate::read::NoManifest;

/// A line for each file, and one for each tool that makes manifests of some.
pub(super) fn told(files: &[(PathBuf, NoManifest)], project: &Project) -> String {
    let mut told = String::new();
    for (file, why) in files {
        let what = match why {
            NoManifest::Other => "no manifest",
            NoManifest::Template { .. } => "a chart's template",
            NoManifest::Ingredient { .. } => "what a kustomization makes something of",
        };
        told += &format!("passed over `{}`: {what}\n", project.shown(file));
    }
    let chart = files.iter().find_map(|(_, why)| match why {
        NoManifest::Template { chart } => Some(chart),
        _ => None,
    });
    let kustomization = files.iter().find_map(|(_, why)| match why {
        NoManifest::Ingredient { kustomization } => Some(kustomization),
        _ => None,
    });
    for (tool, folder) in [("helm template", chart), ("kubectl kustomize", kustomization)] {
        if let Some(folder) = folder {
            let shown = if folder == Path::new("") { ".".to_owned() } else { project.shown(folder) };
            told += &format!("what comes of it can be piped in: `{tool} {shown} | infragen validate -`\n");
        }
    }
    told
}
