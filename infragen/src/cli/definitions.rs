//! Reads the CustomResourceDefinitions that `--crds` names, or the project's settings.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::project::Project;
use crate::bundle::{Document, Place};
use crate::lint::Options;
use crate::node::FieldPath;
use crate::read::{self, ReadError};
use crate::schema::custom::Definitions;
use crate::settings::ValidateSettings;

/// The definitions in these files, and in all below these folders; what else stands there is left alone.
pub(super) fn read(paths: &[PathBuf]) -> anyhow::Result<Definitions> {
    let mut definitions = Definitions::default();
    for path in paths {
        let files = read::files(std::slice::from_ref(path));
        if let Some(error) = files.unreadable.into_iter().next() {
            return Err(error.into());
        }
        let mut is_there_one = false;
        for name in files.files {
            let file = read::file(&name, &read::bytes(&name)?).map_err(|error| broken(&name, &error))?;
            for document in file.documents {
                if document.root().is_some_and(Definitions::is_one) {
                    is_there_one = true;
                    add(&mut definitions, document)?;
                }
            }
        }
        if !is_there_one {
            bail!("`{}` holds no CustomResourceDefinition, and `--crds` takes nothing else", path.display());
        }
    }
    Ok(definitions)
}

/// What the settings say of kinds, which holds wherever objects are linted.
pub(super) fn options(project: &Project, settings: &ValidateSettings) -> anyhow::Result<Options> {
    Ok(Options {
        definitions: read(&below(project, &settings.crds))?,
        allowed_kinds: settings.allow_kind.clone(),
        ..Options::default()
    })
}

/// Paths of the settings as somebody types them who is where we are.
pub(super) fn below(project: &Project, paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().map(|path| project.shown(&project.root.join(path)).into()).collect()
}

fn broken(file: &Path, error: &ReadError) -> anyhow::Error {
    let place = error.place.map(|(line, column)| Place::Yaml { line, column });
    anyhow!("{}: {}", whereabouts(&file.display().to_string(), place.as_ref()), error.message)
}

fn add(definitions: &mut Definitions, document: Document) -> anyhow::Result<()> {
    let file = document.file.display().to_string();
    let lines = document.clone();
    let place = move |path: &FieldPath| lines.place(path);
    definitions
        .add(document)
        .map_err(|error| anyhow!("{}: {error}", whereabouts(&file, place(&error.path).as_ref())))
}

fn whereabouts(file: &str, place: Option<&Place>) -> String {
    match place {
        Some(Place::Yaml { line, column }) => format!("{file}:{line}:{column}"),
        _ => file.to_owned(),
    }
}
