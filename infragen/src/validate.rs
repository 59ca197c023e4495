//! Anybody's files, read and linted in one pass, on all cores.
//!
//! Each file is read, looked at by itself, and let go but for what the rules ask for that look at all together. So few
//! files are in memory whole at a time, however many there are.

mod digests;

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use self::digests::Digests;
use crate::bundle::{Bundle, Document, Place, Unread};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::lint::{Linter, Looked, Options, Report};
use crate::read::{self, Contents, ReadError, Unreadable};

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
    /// Files of other YAML: a chart's values, a workflow.
    pub passed_over: Vec<PathBuf>,
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
    let outcomes: Vec<Outcome> = sources.par_iter().enumerate().map(read).collect();
    let patches: HashSet<PathBuf> =
        outcomes.iter().filter_map(Outcome::patches).flatten().map(PathBuf::clone).collect();

    let mut validated = Validated::default();
    let mut worlds: Vec<(Vec<Diagnostic>, Vec<Looked>)> =
        linters.iter().map(|_| Default::default()).collect();
    for (source, outcome) in sources.iter().zip(outcomes) {
        let (diagnostics, looked) = &mut worlds[source.world];
        match outcome {
            Outcome::Looked { documents, .. } if !patches.contains(&source.name) => looked.extend(documents),
            // A patch lacks all that it does not change: it is no manifest.
            Outcome::Looked { .. } | Outcome::PassedOver { .. } => {
                validated.passed_over.push(source.name.clone())
            }
            Outcome::NotYaml(error) => diagnostics.push(not_yaml(&source.name, error)),
            Outcome::Unreadable(error) => validated.unreadable.push(error),
        }
    }
    let again = |file: u32, show: &mut dyn FnMut(u32, &Document)| {
        show_again(&sources[file as usize], file as usize, &digests, show).is_some()
    };
    for (linter, (diagnostics, looked)) in linters.into_iter().zip(worlds) {
        let is_empty = diagnostics.is_empty() && looked.is_empty();
        let report = if is_empty { Report::default() } else { linter.finish(diagnostics, looked, &again) };
        validated.reports.push(report);
    }
    validated
}

/// What became of a file.
enum Outcome {
    Looked { documents: Vec<Looked>, patches: Vec<PathBuf> },
    PassedOver { patches: Vec<PathBuf> },
    NotYaml(ReadError),
    Unreadable(Unreadable),
}

impl Outcome {
    /// The files that it says are patches.
    const fn patches(&self) -> Option<&Vec<PathBuf>> {
        match self {
            Self::Looked { patches, .. } | Self::PassedOver { patches } => Some(patches),
            Self::NotYaml(_) | Self::Unreadable(_) => None,
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
        Err(error) => return Outcome::NotYaml(error),
    };
    drop(bytes);
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
            Err(error) => return Outcome::NotYaml(error),
        }
    }
    looked.shrink_to_fit();
    let Contents { others, patches, .. } = contents;
    if looked.is_empty() && others > 0 {
        Outcome::PassedOver { patches }
    } else {
        Outcome::Looked { documents: looked, patches }
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

fn not_yaml(file: &Path, error: ReadError) -> Diagnostic {
    let mut diagnostic = Diagnostic::new("not-yaml", Severity::Error, Category::Form, error.message);
    diagnostic.help = "mend the text; nothing in this file was looked at".to_owned();
    diagnostic.place = error.place.map(|(line, column)| Place::Yaml { line, column });
    diagnostic.file = file.to_owned();
    diagnostic
}

#[cfg(test)]
mod tests;
