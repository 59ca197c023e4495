//! Replaces an environment's folder as a whole: afterwards it holds all files as planned, or what it held before.
//!
//! Files go into a folder beside it, which then takes its place in one step. Nothing is flushed to the disk: what a
//! power cut spoils, the next run renders again.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use rustix::fs::{FlockOperation, flock};
use thiserror::Error;

use super::exchange::{exchange, put_back};
use super::folder;
use super::plan::Files;

/// What a write did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The files that are new or have changed.
    pub changed: Vec<PathBuf>,
    /// The files that are gone.
    pub removed: Vec<PathBuf>,
}

/// Why nothing was written. What was there is as it was.
#[derive(Debug, Error)]
pub enum EmitError {
    /// Something cannot be read.
    #[error("cannot read `{}`", .path.display())]
    Read {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something cannot be written.
    #[error("cannot write `{}`; what was there is unchanged", .path.display())]
    Write {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder holds what infragen did not write.
    #[error(
        "`{}` was not written by infragen, which replaces the whole of `{}`: move it elsewhere, or choose another folder with `--out`",
        .folder.join(.file).display(), .folder.display()
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The file, below the folder.
        file: PathBuf,
    },
    /// The folder is none.
    #[error("`{}` is no folder: remove it, or choose another with `--out`", .0.display())]
    NoFolder(PathBuf),
    /// A file would stand outside of the folder.
    #[error("the file `{}` would stand outside of its folder: give it a relative path without `..`", .0.display())]
    Outside(PathBuf),
}

/// Makes a folder hold the planned files and nothing else; does nothing where it does already.
///
/// # Errors
/// When something cannot be read or written, or the folder holds what infragen did not write.
pub fn write(files: &Files, folder: &Path) -> Result<Written, EmitError> {
    if let Some(path) = files.0.keys().find(|path| !stays_inside(path)) {
        return Err(EmitError::Outside(path.clone()));
    }
    let folder = real(folder)?;
    let cannot_write = |path: &Path| {
        let path = path.to_owned();
        move |source| EmitError::Write { path, source }
    };
    put_back(&folder).map_err(cannot_write(&folder))?;
    remove_leftovers(&folder);
    let present = folder::read(&folder)?;
    if let Some(file) = folder::foreign(&present, files) {
        return Err(EmitError::Foreign { file: file.to_owned(), folder });
    }
    if present == files.0 {
        return Ok(Written::default());
    }
    let parent = folder.parent().ok_or_else(|| EmitError::NoFolder(folder.clone()))?;
    fs::create_dir_all(parent).map_err(cannot_write(parent))?;
    let beside = Beside::new(&folder)?;
    beside.fill(files)?;
    beside.take_the_place_of(&folder).map_err(cannot_write(&folder))?;
    let changed = files.0.iter().filter(|(path, bytes)| present.get(*path) != Some(bytes));
    let removed = present.keys().filter(|path| !files.0.contains_key(*path));
    Ok(Written {
        changed: changed.map(|(path, _)| path.clone()).collect(),
        removed: removed.cloned().collect(),
    })
}

fn stays_inside(path: &Path) -> bool {
    path.components().all(|component| matches!(component, Component::Normal(_)))
        && path.components().next().is_some()
}

/// The folder itself, where a symbolic link leads to it: the link stays.
fn real(folder: &Path) -> Result<PathBuf, EmitError> {
    match fs::canonicalize(folder) {
        Ok(real) if real.is_dir() => Ok(real),
        Ok(_) => Err(EmitError::NoFolder(folder.to_owned())),
        Err(_) if folder.is_symlink() => Err(EmitError::NoFolder(folder.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            std::path::absolute(folder).map_err(|source| EmitError::Read { path: folder.to_owned(), source })
        }
        Err(source) => Err(EmitError::Read { path: folder.to_owned(), source }),
    }
}

/// The folder beside the real one; removed again unless it took its place, and then what it replaced is.
struct Beside {
    path: PathBuf,
    /// Locked for as long as this run lives, so that no other takes it for a leftover.
    _lock: Option<File>,
}

impl Beside {
    fn new(folder: &Path) -> Result<Self, EmitError> {
        let path = folder.with_file_name(format!("{}{}", prefix(folder), std::process::id()));
        fs::create_dir(&path).map_err(|source| EmitError::Write { path: path.clone(), source })?;
        let lock = File::open(&path)
            .ok()
            .filter(|lock| flock(lock, FlockOperation::NonBlockingLockExclusive).is_ok());
        Ok(Self { path, _lock: lock })
    }

    fn fill(&self, files: &Files) -> Result<(), EmitError> {
        let mut made: BTreeSet<&Path> = BTreeSet::from([Path::new("")]);
        for (path, bytes) in &files.0 {
            let below = path.parent().unwrap_or(Path::new(""));
            let cannot_write = |source| EmitError::Write { path: path.clone(), source };
            if made.insert(below) {
                fs::create_dir_all(self.path.join(below)).map_err(cannot_write)?;
            }
            fs::write(self.path.join(path), bytes).map_err(cannot_write)?;
        }
        Ok(())
    }

    fn take_the_place_of(&self, folder: &Path) -> io::Result<()> {
        match fs::metadata(folder) {
            Ok(metadata) => {
                fs::set_permissions(&self.path, metadata.permissions())?;
                exchange(&self.path, folder)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(&self.path, folder),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What cannot be removed now, the next run removes.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes what runs left that were killed. It is no reason to fail when that does not succeed.
fn remove_leftovers(folder: &Path) {
    let Some(entries) = folder.parent().and_then(|parent| fs::read_dir(parent).ok()) else { return };
    let prefix = prefix(folder);
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix)) {
        let is_abandoned = File::open(entry.path())
            .is_ok_and(|leftover| flock(&leftover, FlockOperation::NonBlockingLockExclusive).is_ok());
        if is_abandoned {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn prefix(folder: &Path) -> String {
    format!(".{}.infragen-new-", folder.file_name().unwrap_or_default().to_string_lossy())
}

#[cfg(test)]
mod tests;
