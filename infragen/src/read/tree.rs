//! Files and folders as documents: every manifest below them, read in parallel, in an order that never changes.

use std::collections::HashSet;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::{fs, io, thread};

use thiserror::Error;
use walkdir::WalkDir;

use super::{File, ReadError, file};
use crate::bundle::Document;
use crate::diagnostic::{Category, Diagnostic, Severity};

/// The endings of files that may hold manifests.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// What was found below some paths.
#[derive(Debug, Default)]
pub struct Tree {
    /// The documents, by file.
    pub documents: Vec<Document>,
    /// What is no YAML.
    pub diagnostics: Vec<Diagnostic>,
    /// Files of other YAML: a chart's values, a workflow.
    pub passed_over: Vec<PathBuf>,
    /// How many files were read.
    pub files: usize,
    /// The files that Kustomizations take as patches.
    patches: HashSet<PathBuf>,
}

/// A path that cannot be read.
#[derive(Debug, Error)]
pub enum TreeError {
    /// A file.
    #[error("cannot read `{}`", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder, or a link that leads back to one that it stands in.
    #[error("cannot look for manifests in `{}`", .path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: walkdir::Error,
    },
}

/// Reads files, and what is below folders: `.yaml`, `.yml` and `.json`, but nothing whose name begins with a dot.
///
/// # Errors
/// When a file or folder cannot be read.
pub fn tree(paths: &[PathBuf]) -> Result<Tree, TreeError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    let mut tree = Tree { files: files.len(), ..Tree::default() };
    for read in read_all(&files) {
        for (path, result) in read? {
            tree.add(path, result);
        }
    }
    tree.pass_over_patches();
    Ok(tree)
}

type Read = Vec<(PathBuf, Result<File, ReadError>)>;

fn below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), TreeError> {
    let is_visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(is_visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && may_hold_manifests(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            // A link that leads back up holds nothing that is not found without it.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(source) => {
                let path = source.path().unwrap_or(folder).to_owned();
                return Err(TreeError::Folder { path, source });
            }
        }
    }
    Ok(())
}

fn may_hold_manifests(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Reads all files, a share of them on each core, and gives them back in their order.
fn read_all(files: &[PathBuf]) -> Vec<Result<Read, TreeError>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = files.len().div_ceil(cores).max(1);
    let read =
        |files: &[PathBuf]| files.iter().map(|path| read_one(path)).collect::<Result<Read, TreeError>>();
    thread::scope(|scope| {
        let shares: Vec<_> = files.chunks(share).map(|files| scope.spawn(move || read(files))).collect();
        shares
            .into_iter()
            .map(|share| share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn read_one(path: &Path) -> Result<(PathBuf, Result<File, ReadError>), TreeError> {
    let bytes = fs::read(path).map_err(|source| TreeError::File { path: path.to_owned(), source })?;
    Ok((path.to_owned(), file(path, &bytes)))
}

impl Tree {
    /// Adds what one file holds, or why it holds nothing.
    pub fn add(&mut self, path: PathBuf, read: Result<File, ReadError>) {
        match read {
            Ok(file) => {
                if file.documents.is_empty() && file.others > 0 {
                    self.passed_over.push(path);
                }
                self.documents.extend(file.documents);
                self.patches.extend(file.patches);
            }
            Err(error) => self.diagnostics.push(not_yaml(path, error)),
        }
    }
}

impl Tree {
    /// A patch lacks all that it does not change: it is no manifest.
    fn pass_over_patches(&mut self) {
        if self.patches.is_empty() {
            return;
        }
        let patches = std::mem::take(&mut self.patches);
        let passed_over = &mut self.passed_over;
        self.documents.retain(|document| {
            let is_patch = patches.contains(&document.file);
            if is_patch && passed_over.last() != Some(&document.file) {
                passed_over.push(document.file.clone());
            }
            !is_patch
        });
    }
}

fn not_yaml(path: PathBuf, error: ReadError) -> Diagnostic {
    let mut diagnostic = Diagnostic::new("not-yaml", Severity::Error, Category::Form, error.message);
    diagnostic.help = "mend the text; nothing in this file was looked at".to_owned();
    diagnostic.place = error.place.map(|(line, column)| crate::bundle::Place::Yaml { line, column });
    diagnostic.file = path;
    diagnostic
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::tree;

    #[test]
    fn a_folder_gives_its_manifests_and_names_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("a/.hidden")).unwrap();
        fs::write(at("a/pod.yaml"), "apiVersion: v1\nkind: Pod\n").unwrap();
        fs::write(at("a/service.JSON"), "{\"apiVersion\": \"v1\", \"kind\": \"Service\"}").unwrap();
        fs::write(at("a/.hidden/pod.yaml"), "apiVersion: v1\nkind: Pod\n").unwrap();
        fs::write(at("values.yml"), "replicas: 3\n").unwrap();
        fs::write(at("broken.yaml"), "a: [\n").unwrap();
        fs::write(at("notes.txt"), "a: [\n").unwrap();
        symlink(folder.path(), at("a/up")).unwrap();
        let found = tree(&[folder.path().to_owned()]).unwrap();
        assert_eq!((found.files, found.documents.len()), (4, 2));
        assert_eq!(found.passed_over, [at("values.yml")]);
        assert_eq!(found.diagnostics.len(), 1);
        assert_eq!(found.diagnostics[0].file, at("broken.yaml"));
    }

    #[test]
    fn the_patches_of_a_kustomization_are_no_manifests() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("prod")).unwrap();
        let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n";
        for name in ["web.yaml", "patch.yaml", "prod/replicas.yaml"] {
            fs::write(at(name), deployment).unwrap();
        }
        let kustomization =
            "kind: Kustomization\npatches: [{path: ./replicas.yaml}, {path: ../patch.yaml}]\n";
        fs::write(at("prod/kustomization.yaml"), kustomization).unwrap();
        let found = tree(&[folder.path().to_owned()]).unwrap();
        let files: Vec<_> = found.documents.iter().map(|document| document.file.clone()).collect();
        assert_eq!(files, [at("web.yaml")]);
        assert_eq!(
            found.passed_over,
            [at("prod/kustomization.yaml"), at("patch.yaml"), at("prod/replicas.yaml")]
        );
    }

    #[test]
    fn what_is_not_there_is_told() {
        let error = tree(&["nowhere.yaml".into()]).unwrap_err();
        assert_eq!(error.to_string(), "cannot read `nowhere.yaml`");
    }
}
