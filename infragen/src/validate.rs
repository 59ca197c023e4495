//! Anybody's files, read and linted in one pass, on all cores.
//!
//! Each file is read, looked at by itself, and let go but for what the rules ask for that look at all together. So few
//! files are in memory whole at a time, however many there are.

mod digests;
mod kustomizations;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use self::digests::Digests;
use self::kustomizations::Kustomizations;
use crate::bundle::{Bundle, Document, Place, Unread};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::lint::{Linter, Looked, Options, Report};
use crate::read::{self, Contents, Kustomization, NoManifest, ReadError, Unreadable};

/// How many documents of one file are in memory whole.
const AT_ONCE: usize = 1024;

/// A file, or what somebody gave in its place.
#[derive(Debug)]
pub struct Source {
    /// Where it is, or how it is called.
    pub name: PathBuf,
    /// What it holds, when that is known already.
    pub bytes: Option<Vec<u8>>,
    /// The index of the world that its objects live in.
    pub world: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Validated {
    /// What was found in each world.
    pub reports: Vec<Report>,
    /// Files that are no manifests, and why not: a chart's values or templates, a workflow, a patch.
    pub passed_over: Vec<(PathBuf, NoManifest)>,
    /// Files that could not be read. All others were looked at.
    pub unreadable: Vec<Unreadable>,
}

/// Reads and lints files, each in its world: a bundle without documents, which tells what else is there.
///
/// A world that has no file is not looked at. `done` is told of each file that is; in no order, and by many threads.
#[must_use]
pub fn validate(
    sources: &[Source],
    worlds: Vec<Bundle>,
    options: &Options,
    done: &(dyn Fn(&Path) + Sync),
) -> Validated {
    let linters: Vec<Linter<'_>> = worlds.into_iter().map(|world| Linter::new(world, options)).collect();
    let digests = Digests::new(sources.len());
    let read = |(number, source): (usize, &Source)| {
        let outcome = look_at(source, number, &linters[source.world], &digests);
        done(&source.name);
        outcome
    };
    let mut outcomes: Vec<Outcome> = sources.par_iter().enumerate().map(read).collect();
    let listed: Vec<Box<Kustomization>> = outcomes.iter_mut().filter_map(Outcome::kustomization).collect();
    let kustomizations = Kustomizations::new(listed.iter().map(AsRef::as_ref));

    let mut validated = Validated::default();
    let mut worlds: Vec<(Vec<Diagnostic>, Vec<Vec<Looked>>)> =
        linters.iter().map(|_| Default::default()).collect();
    for (source, outcome) in sources.iter().zip(outcomes) {
        let (diagnostics, looked) = &mut worlds[source.world];
        let passed_over = match outcome {
            // What a kustomization makes something of lacks what others have.
            Outcome::Looked { documents, .. } => match kustomizations.use_of(&source.name) {
                Some(why) => why,
                None => {
                    looked.push(documents);
                    continue;
                }
            },
            Outcome::PassedOver { why, .. } => kustomizations.use_of(&source.name).unwrap_or(why),
            Outcome::NotYaml { error, is_template } => {
                diagnostics.push(not_yaml(&source.name, error, is_template));
                continue;
            }
            Outcome::Unreadable(error) => {
                validated.unreadable.push(error);
                continue;
            }
        };
        validated.passed_over.push((source.name.clone(), passed_over));
    }
    let again = |file: u32, show: &mut dyn FnMut(u32, &Document)| {
        show_again(&sources[file as usize], file as usize, &digests, show).is_some()
    };
    for (linter, (diagnostics, looked)) in linters.into_iter().zip(worlds) {
        let is_empty = diagnostics.is_empty() && looked.is_empty();
        let mut report =
            if is_empty { Report::default() } else { linter.finish(diagnostics, looked, &again) };
        for diagnostic in &mut report.diagnostics {
            kustomizations.weigh(diagnostic, options);
        }
        validated.reports.push(report);
    }
    validated
}

/// What became of a file.
enum Outcome {
    Looked { documents: Vec<Looked>, kustomization: Option<Box<Kustomization>> },
    PassedOver { why: NoManifest, kustomization: Option<Box<Kustomization>> },
    NotYaml { error: ReadError, is_template: bool },
    Unreadable(Unreadable),
}

impl Outcome {
    /// What it says of the files around it.
    fn kustomization(&mut self) -> Option<Box<Kustomization>> {
        match self {
            Self::Looked { kustomization, .. } | Self::PassedOver { kustomization, .. } => {
                kustomization.take()
            }
            Self::NotYaml { .. } | Self::Unreadable(_) => None,
        }
    }
}

fn look_at(source: &Source, number: usize, linter: &Linter<'_>, digests: &Digests) -> Outcome {
    let (bytes, lasts) = match bytes(source) {
        Ok(read) => read,
        Err(error) => return Outcome::Unreadable(error),
    };
    let text = match read::decode(&bytes) {
        Ok(text) => text,
        Err(error) => return Outcome::NotYaml { error, is_template: false },
    };
    drop(bytes);
    if let Some(why) = read::of_chart(&source.name, &text) {
        return Outcome::PassedOver { why, kustomization: None };
    }
    let file = u32::try_from(number).ok().filter(|_| lasts);
    if file.is_some() {
        digests.keep(number, &text);
    }
    let mut contents = Contents::new(&source.name, &text);
    let mut looked = Vec::new();
    loop {
        match contents.by_ref().take(AT_ONCE).collect::<Result<Vec<_>, _>>() {
            Ok(documents) if documents.is_empty() => break,
            Ok(documents) => {
                let first = file.zip(u32::try_from(looked.len()).ok());
                let first = first.map(|(file, document)| Unread { file, document });
                looked.append(&mut linter.look_at(documents, first));
            }
            Err(error) if read::is_of_others(&source.name, &text, &error) => {
                return Outcome::PassedOver { why: NoManifest::Other, kustomization: None };
            }
            Err(error) => return Outcome::NotYaml { error, is_template: read::is_template(&text) },
        }
    }
    looked.shrink_to_fit();
    let (others, kustomization) = (contents.others, contents.kustomization.map(Box::new));
    if looked.is_empty() && others > 0 {
        Outcome::PassedOver { why: NoManifest::Other, kustomization }
    } else {
        Outcome::Looked { documents: looked, kustomization }
    }
}

/// What a source holds, and whether it can be asked again.
fn bytes(source: &Source) -> Result<(Cow<'_, [u8]>, bool), Unreadable> {
    match &source.bytes {
        Some(bytes) => Ok((bytes.into(), true)),
        None => read::bytes_that_last(&source.name).map(|(bytes, lasts)| (bytes.into(), lasts)),
    }
}

/// Shows the documents of a source once more; nothing, if it is not what it was.
fn show_again(
    source: &Source,
    number: usize,
    digests: &Digests,
    show: &mut dyn FnMut(u32, &Document),
) -> Option<()> {
    let text = read::decode(&bytes(source).ok()?.0).ok()?;
    digests.is_same(number, &text).then_some(())?;
    for (document, number) in Contents::new(&source.name, &text).flatten().zip(0..) {
        show(number, &document);
    }
    Some(())
}

fn not_yaml(file: &Path, error: ReadError, is_template: bool) -> Diagnostic {
    let mut diagnostic = Diagnostic::new("not-yaml", Severity::Error, Category::Form, error.message);
    let help = if is_template {
        "this seems to be a template: render it, and pipe what comes of it into `infragen validate -`"
    } else {
        "mend the text; nothing in this file was looked at"
    };
    diagnostic.help = help.to_owned();
    diagnostic.place = error.place.map(|(line, column)| Place::Yaml { line, column });
    diagnostic.file = file.to_owned();
    diagnostic
}

#[cfg(test)]
mod tests;
