//! What `infragen validate` was asked to look at: environments, and files, each in the world that it belongs to.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use crate::bundle::{Bundle, Document};
use crate::cli::project::Project;
use crate::cli::session::Session;
use crate::kubernetes;
use crate::lint::{self, Options};
use crate::read;
use crate::render::render;
use crate::settings::Settings;
use crate::spec::Environment;
use crate::validate::{Source, Validated, validate};

/// Lints what was asked for; every environment when nothing was.
pub(super) fn look_at(
    sources: &[PathBuf],
    session: &Session<'_>,
    project: &Project,
    settings: &Settings,
    options: &Options,
    applied: &Arc<[Document]>,
) -> anyhow::Result<Validated> {
    let environments = session.all()?;
    let lint = |environment: &Environment| {
        let mut bundle = render(environment, settings);
        bundle.facts.applied = Arc::clone(applied);
        lint::lint(&bundle, options)
    };
    if sources.is_empty() {
        return Ok(Validated { reports: environments.iter().map(lint).collect(), ..Validated::default() });
    }
    let mut rendered = Vec::new();
    let mut paths = Vec::new();
    let mut input = None;
    for source in sources {
        if let Some(environment) = environments.iter().find(|one| Path::new(one.name().as_str()) == source) {
            rendered.push(lint(environment));
        } else if source == Path::new("-") {
            input = Some(standard_input()?);
        } else if source.symlink_metadata().is_ok() {
            paths.push(source.clone());
        } else {
            session.one(&source.display().to_string()).context("there is no such file or folder either")?;
        }
    }
    let worlds = Worlds::new(&environments, project);
    let found = read::files(&paths);
    let mut files = worlds.sources(found.files);
    files.extend(input.map(|bytes| Source {
        name: PathBuf::from("<standard input>"),
        bytes: Some(bytes),
        world: worlds.rest(),
    }));
    let mut bundles = worlds.bundles(&files, &environments, settings);
    for bundle in &mut bundles {
        bundle.facts.applied = Arc::clone(applied);
    }
    let mut validated = validate(&files, bundles, options, &|_| {});
    validated.reports.splice(0..0, rendered);
    validated.unreadable.splice(0..0, found.unreadable);
    Ok(validated)
}

fn standard_input() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(bytes)
}

/// Files in the folder that an environment is rendered to are judged by what that environment declares; all others
/// together are a world of their own.
struct Worlds {
    /// The folder of each environment, if it is there.
    committed: Vec<Option<PathBuf>>,
}

impl Worlds {
    fn new(environments: &[Environment], project: &Project) -> Self {
        let folder = |environment: &Environment| project.folder(None, environment.name().as_str());
        let committed =
            environments.iter().map(|environment| folder(environment).canonicalize().ok()).collect();
        Self { committed }
    }

    const fn rest(&self) -> usize {
        self.committed.len()
    }

    fn sources(&self, files: Vec<PathBuf>) -> Vec<Source> {
        let is_one_world = self.committed.iter().all(Option::is_none);
        let mut of_folder: HashMap<PathBuf, usize> = HashMap::new();
        let mut world = |name: &Path| {
            if is_one_world {
                return self.rest();
            }
            if name.is_symlink() {
                return self.of(name);
            }
            let folder = name.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
            if let Some(world) = of_folder.get(folder) {
                return *world;
            }
            let world = self.of(folder);
            of_folder.insert(folder.to_owned(), world);
            world
        };
        let source = |name: PathBuf| Source { world: world(&name), name, bytes: None };
        files.into_iter().map(source).collect()
    }

    fn of(&self, path: &Path) -> usize {
        let is_in = |folder: &Option<PathBuf>, path: &Path| {
            folder.as_ref().is_some_and(|folder| path.starts_with(folder))
        };
        let path = path.canonicalize().ok();
        let owner = path.and_then(|path| self.committed.iter().position(|folder| is_in(folder, &path)));
        owner.unwrap_or(self.rest())
    }

    fn bundles(&self, files: &[Source], environments: &[Environment], settings: &Settings) -> Vec<Bundle> {
        let bundle = |(world, environment): (usize, &Environment)| {
            if !files.iter().any(|file| file.world == world) {
                return Bundle::default();
            }
            Bundle {
                environment: Some(environment.name().to_string()),
                facts: kubernetes::facts(environment, settings),
                ..Bundle::default()
            }
        };
        environments.iter().enumerate().map(bundle).chain([Bundle::default()]).collect()
    }
}
