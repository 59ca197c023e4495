//! Files and folders as a list of files: every one below them that may hold manifests, in an order that never changes.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;
use walkdir::WalkDir;

/// The endings of files that may hold manifests.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// The largest file that is read, in bytes. A cluster keeps no object of more than a few megabytes.
const LARGEST: u64 = 256 << 20;

/// What was found below some paths.
#[derive(Debug, Default)]
pub struct Files {
    /// The files, by path below each of the paths.
    pub files: Vec<PathBuf>,
    /// Folders that could not be looked into.
    pub unreadable: Vec<Unreadable>,
}

/// A path that cannot be read.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// A file.
    #[error("cannot read `{}`", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder, or a link that leads nowhere.
    #[error("cannot look for manifests in `{}`", .path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Lists files, and what is below folders: `.yaml`, `.yml` and `.json`, but nothing whose name begins with a dot, and no
/// devices and pipes, which may never end. What cannot be looked into does not keep the rest from being listed.
#[must_use]
pub fn files(paths: &[PathBuf]) -> Files {
    let mut found = Files::default();
    for path in paths {
        if path.is_dir() {
            below(path, &mut found);
        } else {
            found.files.push(path.clone());
        }
    }
    found
}

fn below(folder: &Path, found: &mut Files) {
    let is_visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(is_visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && may_hold_manifests(entry.path()) => {
                found.files.push(entry.into_path());
            }
            Ok(_) => {}
            // A link that leads back up holds nothing that is not found without it.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
                // Where a link leads that is no manifest's is nobody's concern here.
                if !is_link || may_hold_manifests(&path) {
                    found.unreadable.push(unreadable(path, is_link, error));
                }
            }
        }
    }
}

fn unreadable(path: PathBuf, is_link: bool, error: walkdir::Error) -> Unreadable {
    let source = error.into_io_error().unwrap_or_else(|| io::Error::other("it leads back to itself"));
    if is_link { Unreadable::File { path, source } } else { Unreadable::Folder { path, source } }
}

fn may_hold_manifests(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read, or is larger than any file of manifests.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unreadable> {
    bytes_that_last(path).map(|(bytes, _)| bytes)
}

/// As [`bytes`], and whether they can be read again: what a pipe gave is gone.
///
/// # Errors
/// As [`bytes`].
pub fn bytes_that_last(path: &Path) -> Result<(Vec<u8>, bool), Unreadable> {
    let read = || {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let length = metadata.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(LARGEST)).unwrap_or_default() + 1);
        (&mut file).take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            let why = format!("it is larger than {} MiB, which no file of manifests is", LARGEST >> 20);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        Ok((bytes, metadata.is_file()))
    };
    read().map_err(|source| Unreadable::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::{bytes, files};

    #[test]
    fn a_folder_gives_what_may_hold_manifests() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("a/.hidden")).unwrap();
        for name in ["a/pod.yaml", "a/service.JSON", "a/.hidden/pod.yaml", "values.yml", "notes.txt"] {
            fs::write(at(name), "").unwrap();
        }
        symlink(folder.path(), at("a/up")).unwrap();
        symlink("nowhere", at("other")).unwrap();
        let found = files(&[folder.path().to_owned()]);
        assert_eq!(found.files, [at("a/pod.yaml"), at("a/service.JSON"), at("values.yml")]);
        assert!(found.unreadable.is_empty(), "{:?}", found.unreadable);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("pod.yaml");
        symlink("nowhere", &link).unwrap();
        let found = files(&[folder.path().to_owned()]);
        assert_eq!(found.unreadable[0].to_string(), format!("cannot read `{}`", link.display()));
        assert_eq!(bytes("nowhere.yaml".as_ref()).unwrap_err().to_string(), "cannot read `nowhere.yaml`");
    }
}
