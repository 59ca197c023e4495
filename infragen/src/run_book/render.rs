//! The page to Markdown, by the template beside this file.

use std::io::{self, Write};

use tera::{Context, Tera};

use super::page::Page;
use crate::bundle::{Content, Document};
use crate::diagnostic::Diagnostic;
use crate::kubernetes;
use crate::origin::Origin;
use crate::settings::Settings;
use crate::spec::Environment;
use crate::template;

/// The name by which Tera knows the template.
const NAME: &str = "run_book.md.tera";
const TEMPLATE: &str = include_str!("run_book.md.tera");

/// The run book as a document, or why there is none.
#[must_use]
pub fn render(environment: &Environment, settings: &Settings) -> (Option<Document>, Option<Diagnostic>) {
    match text(&Page::of(environment, settings)) {
        Ok(text) => (Some(Document::rendered("README.md", Content::Text(text))), None),
        Err(error) => {
            let message = format!("the run book cannot be written: {}", template::explain(&error));
            let help = "this is a mistake in infragen itself: report it".to_owned();
            (None, Some(kubernetes::refusal("run-book-not-rendered", message, help, &Origin::here())))
        }
    }
}

/// The page as Markdown.
pub(super) fn text(page: &Page<'_>) -> tera::TeraResult<String> {
    fill(&parsed(page.namespace())?, page)
}

/// The template, ready to be filled.
///
/// Tera takes most of a microsecond for each expression that it reads, and every command names the namespace: that one
/// is put in before, which saves a fifth of the time. A namespace is a DNS label, and so nothing that Tera reads.
pub(super) fn parsed(namespace: &str) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.set_escape_fn(escape);
    tera.autoescape_on([".md.tera"]);
    tera.add_raw_template(NAME, &TEMPLATE.replace("{{ namespace }}", namespace))?;
    Ok(tera)
}

pub(super) fn fill(tera: &Tera, page: &Page<'_>) -> tera::TeraResult<String> {
    tera.render(NAME, &Context::from_serialize(page)?).map(|text| tidy(&text))
}

/// Writes a value so that it stays inside of its code span and its table cell.
fn escape(value: &str, output: &mut dyn Write) -> io::Result<()> {
    if !value.contains(['|', '`', '\n']) {
        return output.write_all(value.as_bytes());
    }
    output.write_all(value.replace('|', r"\|").replace('`', "'").replace('\n', " ").as_bytes())
}

/// One empty line wherever the template's own lines left several, and none before a fence ends.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if empty > 0 && !tidy.is_empty() {
            tidy.push('\n');
        }
        empty = 0;
        tidy.push_str(line);
        tidy.push('\n');
    }
    tidy
}
