//! What must hold of every text; the tests and the fuzzer ask it alike.

use std::path::Path;

use infragen::bundle::{Bundle, Document, Place, Unread};
use infragen::lint::{self, Linter, Options, Report};
use infragen::mend::mend;
use infragen::read::{self, File};
use infragen::{emit, report};

/// Reads a text, lints what is in it in both ways, prints what is found, and mends what can be.
pub(crate) fn look(bytes: &[u8]) {
    let Ok(file) = file(bytes) else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { panic!("it was read and is no UTF-8") };
    let options = Options::default();
    let whole = linted(&file);
    let linter = Linter::new(Bundle::default(), &options);
    let looked = linter.look_at(file.documents.clone(), Some(Unread { file: 0, document: 0 }));
    let again = |_: u32, show: &mut dyn FnMut(u32, &Document)| {
        file.documents.iter().zip(0..).for_each(|(document, number)| show(number, document));
        true
    };
    let one_by_one = linter.finish(Vec::new(), vec![looked], &again);
    assert_eq!(told(&whole), told(&one_by_one), "it matters how the documents come");
    let lines = text.lines().count() + 1;
    for diagnostic in &whole.diagnostics {
        if let Some(Place::Yaml { line, column }) = diagnostic.place {
            assert!((1..=lines).contains(&line) && column > 0, "{line}:{column} of {lines} lines");
        }
        assert!(diagnostic.excerpt.as_ref().is_none_or(|excerpt| excerpt.line.len() < 2000));
    }
    assert!(!report::human(&whole, false).is_empty());
    is_read_when_mended(text, &whole);
}

/// What a text holds is read again as it is written, in YAML and in JSON.
pub(crate) fn write_again(bytes: &[u8]) {
    let Ok(text) = read::decode(bytes) else { return };
    for node in read::objects(&text.to_string()).into_iter().flatten() {
        // No number equals NaN, not even NaN; and JSON has neither it nor the infinite.
        let shown = format!("{node:?}");
        let yaml = emit::yaml(&node);
        assert_eq!(again(&yaml), shown, "{yaml}");
        if !shown.contains("Float(NaN") && !shown.contains("Float(inf") && !shown.contains("Float(-inf") {
            let json = emit::json(&node);
            assert_eq!(again(&json), shown, "{json}");
        }
    }
}

fn again(text: &str) -> String {
    match read::objects(text).as_deref() {
        Ok([node]) => format!("{node:?}"),
        Ok(nodes) => panic!("{} documents: {text}", nodes.len()),
        Err(error) => panic!("{error}: {text}"),
    }
}

/// A text with its mends is read, and there is an end to mending it: a name that is right now shows what is below it.
fn is_read_when_mended(text: &str, whole: &Report) {
    let mut text = text.to_owned();
    let mut found = whole.diagnostics.clone();
    for _ in 0..20 {
        let (mended, count) = mend(&text, found.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()));
        if count == 0 || mended == text {
            return;
        }
        match file(mended.as_bytes()) {
            Ok(file) => found = linted(&file).diagnostics,
            Err(error) => panic!("mended, it is not read: {error}\n{mended}"),
        }
        text = mended;
    }
    panic!("there is no end to mending it:\n{text}");
}

fn file(bytes: &[u8]) -> Result<File, read::ReadError> {
    read::file(Path::new("by-chance.yaml"), bytes)
}

fn linted(file: &File) -> Report {
    let bundle = Bundle { documents: file.documents.clone(), ..Bundle::default() };
    lint::lint(&bundle, &Options::default())
}

fn told(report: &Report) -> Vec<String> {
    report.diagnostics.iter().map(|one| format!("{one:?}")).collect()
}
