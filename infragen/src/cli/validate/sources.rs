//! What `infragen validate` was asked to look at, as bundles: one an environment, and one for all other files together.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::bundle::{Bundle, Document};
use crate::cli::project::Project;
use crate::cli::session::Session;
use crate::kubernetes;
use crate::read::{self, Tree};
use crate::render::render;
use crate::settings::Settings;
use crate::spec::Environment;

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) bundles: Vec<Bundle>,
    pub(super) passed_over: Vec<PathBuf>,
}

/// Reads what was asked for; every environment when nothing was.
pub(super) fn read(
    sources: &[PathBuf],
    session: &Session<'_>,
    project: &Project,
    settings: &Settings,
) -> anyhow::Result<Found> {
    let environments = session.all()?;
    if sources.is_empty() {
        let bundles = environments.iter().map(|environment| render(environment, settings)).collect();
        return Ok(Found { bundles, ..Found::default() });
    }
    let mut found = Found::default();
    let mut paths = Vec::new();
    let mut input = None;
    for source in sources {
        if let Some(environment) = environments.iter().find(|one| Path::new(one.name().as_str()) == source) {
            found.bundles.push(render(environment, settings));
        } else if source == Path::new("-") {
            input = Some(standard_input()?);
        } else if source.exists() {
            paths.push(source.clone());
        } else {
            session.one(&source.display().to_string()).context("there is no such file or folder either")?;
        }
    }
    let mut tree = read::tree(&paths)?;
    if let Some(bytes) = input {
        let name = PathBuf::from("<standard input>");
        let read = read::file(&name, &bytes);
        tree.add(name, read);
    }
    found.passed_over.append(&mut tree.passed_over);
    found.bundles.extend(bundles(tree, &environments, project, settings));
    Ok(found)
}

fn standard_input() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(bytes)
}

/// Files in the folder that an environment is rendered to are judged by what that environment declares.
fn bundles(tree: Tree, environments: &[Environment], project: &Project, settings: &Settings) -> Vec<Bundle> {
    let committed: Vec<Option<PathBuf>> = environments
        .iter()
        .map(|environment| project.folder(None, environment.name().as_str()).canonicalize().ok())
        .collect();
    let mut folders: BTreeMap<usize, Vec<Document>> = BTreeMap::new();
    let mut rest = Bundle { diagnostics: tree.diagnostics, ..Bundle::default() };
    for document in tree.documents {
        let owner = document.file.canonicalize().ok().and_then(|file| {
            committed.iter().position(|folder| folder.as_ref().is_some_and(|folder| file.starts_with(folder)))
        });
        match owner {
            Some(owner) => folders.entry(owner).or_default().push(document),
            None => rest.documents.push(document),
        }
    }
    let committed = folders.into_iter().map(|(owner, documents)| {
        let environment = &environments[owner];
        let facts = kubernetes::facts(environment, settings);
        Bundle { environment: Some(environment.name().to_string()), documents, facts, ..Bundle::default() }
    });
    let mut bundles: Vec<Bundle> = committed.collect();
    if !rest.documents.is_empty() || !rest.diagnostics.is_empty() || bundles.is_empty() {
        bundles.push(rest);
    }
    bundles
}
