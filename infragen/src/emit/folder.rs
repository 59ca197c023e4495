//! What stands in an environment's folder, and how it differs from what should.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::plan::{Files, LISTING};
use super::write::EmitError;

/// A file that is not as a fresh render gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its path below the environment's folder.
    pub path: PathBuf,
    /// What stands there; nothing when the file is missing.
    pub before: Option<Vec<u8>>,
    /// What should; nothing when the file should not be there.
    pub after: Option<Vec<u8>>,
}

/// Compares a folder with what should stand in it; nothing differs in a folder that is up to date.
///
/// # Errors
/// When the folder cannot be read. That it does not exist is no error: then every file differs.
pub fn differences(files: &Files, folder: &Path) -> Result<Vec<Difference>, EmitError> {
    let present = read(folder)?;
    if present == files.0 {
        return Ok(Vec::new());
    }
    let paths: BTreeSet<_> = present.keys().chain(files.0.keys()).collect();
    let differences = paths.into_iter().map(|path| Difference {
        path: path.clone(),
        before: present.get(path).cloned(),
        after: files.0.get(path).cloned(),
    });
    Ok(differences.filter(|difference| difference.before != difference.after).collect())
}

/// Every file of a folder, by its path below it; none when there is no folder.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, EmitError> {
    let mut present = BTreeMap::new();
    if fs::exists(folder).map_err(|source| EmitError::Read { path: folder.to_owned(), source })? {
        read_into(folder, Path::new(""), &mut present)?;
    }
    Ok(present)
}

fn read_into(root: &Path, below: &Path, present: &mut BTreeMap<PathBuf, Vec<u8>>) -> Result<(), EmitError> {
    let here = root.join(below);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| EmitError::Read { path, source }
    };
    for entry in fs::read_dir(&here).map_err(failed(&here))? {
        let entry = entry.map_err(failed(&here))?;
        let path = below.join(entry.file_name());
        let kind = entry.file_type().map_err(failed(&entry.path()))?;
        if kind.is_dir() {
            read_into(root, &path, present)?;
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).map_err(failed(&entry.path()))?;
            present.insert(path, bytes);
        } else {
            // A symbolic link, a pipe: never infragen's, and not to be followed.
            present.insert(path, Vec::new());
        }
    }
    Ok(())
}

/// The first file that infragen did not write: the listing does not name it, and it is not what would be written.
pub(super) fn foreign<'a>(present: &'a BTreeMap<PathBuf, Vec<u8>>, files: &Files) -> Option<&'a Path> {
    let listing = present.get(Path::new(LISTING)).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let ours: BTreeSet<&Path> = listing.iter().flat_map(|text| text.lines()).map(Path::new).collect();
    let is_ours = |path: &Path| path == Path::new(LISTING) || ours.contains(path);
    let is_up_to_date = |path: &PathBuf, bytes: &Vec<u8>| files.0.get(path) == Some(bytes);
    present
        .iter()
        .find(|(path, bytes)| !is_ours(path) && !is_up_to_date(path, bytes))
        .map(|(path, _)| path.as_path())
}
