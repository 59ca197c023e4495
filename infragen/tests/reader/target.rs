//! What must hold of every text.

use std::path::Path;

use infragen::bundle::{Bundle, Document, Place, Unread};
use infragen::lint::{self, Linter, Options, Report};
use infragen::{read, report};

/// Reads a text, lints what is in it in both ways, and prints what is found.
pub(crate) fn look(bytes: &[u8]) {
    let name = Path::new("by-chance.yaml");
    let Ok(file) = read::file(name, bytes) else { return };
    let text = std::str::from_utf8(bytes).unwrap();
    let options = Options::default();
    let bundle = Bundle { documents: file.documents.clone(), ..Bundle::default() };
    let whole = lint::lint(&bundle, &options);
    let linter = Linter::new(Bundle::default(), &options);
    let looked = linter.look_at(file.documents.clone(), Some(Unread { file: 0, document: 0 }));
    let again = |_: u32, show: &mut dyn FnMut(u32, &Document)| {
        file.documents.iter().zip(0..).for_each(|(document, number)| show(number, document));
        true
    };
    let one_by_one = linter.finish(Vec::new(), looked, &again);
    assert_eq!(told(&whole), told(&one_by_one), "it matters how the documents come");
    let lines = text.lines().count() + 1;
    for diagnostic in &whole.diagnostics {
        if let Some(Place::Yaml { line, column }) = diagnostic.place {
            assert!((1..=lines).contains(&line) && column > 0, "{line}:{column} of {lines} lines");
        }
        assert!(diagnostic.excerpt.as_ref().is_none_or(|excerpt| excerpt.line.len() < 2000));
    }
    assert!(!report::human(&whole, false).is_empty());
}

fn told(report: &Report) -> Vec<String> {
    report.diagnostics.iter().map(|one| format!("{one:?}")).collect()
}
