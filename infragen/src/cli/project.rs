//! Where the project is: the folder that holds `infragen.toml` and `generated/`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::Context as _;

/// The file of settings.
pub(super) const SETTINGS_FILE: &str = "infragen.toml";
/// The folder of what is rendered, one folder an environment.
const GENERATED: &str = "generated";

/// The project's folder, and where we are in it.
pub(super) struct Project {
    pub(super) root: PathBuf,
    here: PathBuf,
}

impl Project {
    /// Finds it: the nearest folder, from the current one upwards, that holds `infragen.toml`, `generated/` or a
    /// Cargo workspace. Else the nearest with a Cargo package, else the current one. It is never above a repository.
    pub(super) fn find() -> anyhow::Result<Self> {
        let here = env::current_dir().context("cannot tell which the current folder is")?;
        let mut package = None;
        for folder in here.ancestors() {
            if folder.join(SETTINGS_FILE).exists() || folder.join(GENERATED).is_dir() {
                return Ok(Self { root: folder.to_owned(), here });
            }
            if let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) {
                if manifest.lines().any(|line| line.trim() == "[workspace]") {
                    return Ok(Self { root: folder.to_owned(), here });
                }
                package.get_or_insert(folder);
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        Ok(Self { root: package.unwrap_or(&here).to_owned(), here })
    }

    /// The folder of an environment, below the one that was given or the project's own.
    pub(super) fn folder(&self, out: Option<&Path>, environment: &str) -> PathBuf {
        match out {
            Some(out) => out.join(environment),
            None => self.root.join(GENERATED).join(environment),
        }
    }

    /// A path below the project's folder, or as it is: the same wherever in the project somebody asks.
    pub(super) fn below_root<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// A path as somebody types it who is where we are.
    pub(super) fn shown(&self, path: &Path) -> String {
        let Ok(below_root) = path.strip_prefix(&self.root) else { return path.display().to_string() };
        let Ok(down) = self.here.strip_prefix(&self.root) else { return path.display().to_string() };
        match path.strip_prefix(&self.here) {
            Ok(below) => below.display().to_string(),
            Err(_) => {
                let up: PathBuf = down.components().map(|_| "..").collect();
                up.join(below_root).display().to_string()
            }
        }
    }
}
