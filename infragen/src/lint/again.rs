//! Tells where findings stand whose text was let go before they were found: each file is read once more.

use std::collections::BTreeMap;

use super::secrets;
use super::spread::each_given;
use crate::bundle::Document;
use crate::diagnostic::Diagnostic;

/// Reads the file of a number again, and shows each of its documents with its number.
///
/// It shows none, and says no, when the file is no longer what it was.
pub type ReadAgain<'r> = dyn Fn(u32, &mut dyn FnMut(u32, &Document)) -> bool + Sync + 'r;

const CHANGED: &str = "; its file has changed since it was read, so the line is not told";

/// Fills in place, excerpt and fix. `look` is the look at one document that is taken again, as fixes need its text.
pub(super) fn complete(
    found: &mut [Diagnostic],
    again: &ReadAgain<'_>,
    look: impl Fn(&Document) -> Vec<Diagnostic> + Sync,
) {
    let mut files: BTreeMap<u32, BTreeMap<u32, Vec<&mut Diagnostic>>> = BTreeMap::new();
    for diagnostic in found {
        if let Some(unread) = diagnostic.unread.take() {
            files.entry(unread.file).or_default().entry(unread.document).or_default().push(diagnostic);
        }
    }
    let files: Vec<_> = files.into_iter().collect();
    each_given(files, |(file, mut documents)| {
        let is_same = again(file, &mut |number, document| {
            let Some(waiting) = documents.remove(&number) else { return };
            let seen = look(document);
            waiting.into_iter().for_each(|diagnostic| fill(diagnostic, document, &seen));
        });
        if !is_same {
            documents.into_values().flatten().for_each(|diagnostic| diagnostic.help += CHANGED);
        }
    });
}

fn fill(diagnostic: &mut Diagnostic, document: &Document, seen: &[Diagnostic]) {
    let is_same = |one: &&Diagnostic| {
        one.rule == diagnostic.rule && one.path == diagnostic.path && one.message == diagnostic.message
    };
    diagnostic.fix = seen.iter().find(is_same).and_then(|one| one.fix.clone());
    diagnostic.place = document.place(&diagnostic.path);
    if !diagnostic.hides_line {
        diagnostic.excerpt = secrets::excerpt(document, &diagnostic.path);
    }
}
