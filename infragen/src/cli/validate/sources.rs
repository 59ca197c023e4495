//! What `infragen validate` was asked to look at: environments, and files, each in the world that it belongs to.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use super::progress::Progress;
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

/// Texts of files that are looked at instead of what the files hold.
pub(super) type Texts = BTreeMap<PathBuf, String>;

/// What was asked for, and what it is to be judged by.
pub(super) struct Asked<'a> {
    pub(super) sources: &'a [PathBuf],
    pub(super) environments: Vec<Environment>,
    pub(super) project: &'a Project,
    pub(super) settings: &'a Settings,
    pub(super) options: &'a Options,
    pub(super) applied: Arc<[Document]>,
    /// What stood on standard input, which can be read once.
    pub(super) input: Option<Vec<u8>>,
}

impl Asked<'_> {
    /// The files that were asked for, and folders that cannot be looked into.
    pub(super) fn files(&self, session: &Session<'_>) -> anyhow::Result<read::Files> {
        let mut paths = Vec::new();
        for source in self.sources {
            if self.environment(source).is_some() || source == Path::new("-") {
                continue;
            }
            if source.symlink_metadata().is_err() {
                session
                    .one(&source.display().to_string())
                    .context("there is no such file or folder either")?;
            }
            paths.push(source.clone());
        }
        Ok(read::files(&paths))
    }

    fn environment(&self, source: &Path) -> Option<&Environment> {
        self.environments.iter().find(|one| Path::new(one.name().as_str()) == source)
    }

    /// Lints what was asked for; every environment when nothing was.
    pub(super) fn look_at(&self, session: &Session<'_>, instead: &Texts) -> anyhow::Result<Validated> {
        let Self { sources, environments, settings, options, .. } = self;
        let lint = |environment: &Environment| {
            let mut bundle = render(environment, settings);
            bundle.facts.applied = Arc::clone(&self.applied);
            lint::lint(&bundle, options)
        };
        if sources.is_empty() {
            return Ok(Validated {
                reports: environments.iter().map(lint).collect(),
                ..Validated::default()
            });
        }
        let found = self.files(session)?;
        let rendered = sources.iter().filter_map(|source| self.environment(source)).map(lint);
        let rendered: Vec<_> = rendered.collect();
        let worlds = Worlds::new(environments, self.project);
        let mut files = worlds.sources(found.files);
        for file in &mut files {
            file.bytes = instead.get(&file.name).map(|text| text.clone().into_bytes());
        }
        files.extend(self.input.clone().map(|bytes| Source {
            name: PathBuf::from("<standard input>"),
            bytes: Some(bytes),
            world: worlds.rest(),
        }));
        let mut bundles = worlds.bundles(&files, environments, settings);
        for bundle in &mut bundles {
            bundle.facts.applied = Arc::clone(&self.applied);
        }
        let progress = Progress::of(files.len());
        let mut validated = validate(&files, bundles, options, &|_| progress.step());
        drop(progress);
        validated.reports.splice(0..0, rendered);
        validated.unreadable.splice(0..0, found.unreadable);
        Ok(validated)
    }
}

/// What stands on standard input, if somebody asked for it.
pub(super) fn input(sources: &[PathBuf]) -> anyhow::Result<Option<Vec<u8>>> {
    sources.iter().any(|source| source == Path::new("-")).then(standard_input).transpose()
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
