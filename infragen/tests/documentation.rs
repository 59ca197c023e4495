//! The pages of `docs/` that are made from the sources are what the sources say.

#[path = "documentation/coverage.rs"]
mod coverage;

use std::path::Path;
use std::{env, fs};

use infragen::report;

type Make = fn() -> String;

/// The pages, and what makes each.
const PAGES: [(&str, Make); 3] = [
    ("docs/rules.md", report::rules_manual),
    ("docs/coverage.md", coverage::coverage),
    ("docs/findings.schema.json", findings_schema),
];

fn findings_schema() -> String {
    format!("{:#}\n", report::json_schema().as_value())
}

#[test]
fn every_page_is_what_the_sources_say() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    for (page, make) in PAGES {
        let (path, made) = (top.join(page), make());
        if env::var_os("INFRAGEN_WRITE_DOCS").is_some() {
            fs::create_dir_all(path.parent().expect("a page is in a folder")).expect("a folder to write to");
            fs::write(&path, &made).expect("a page to write");
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == made, "{page} is not what the sources say: run `cargo xtask docs`");
    }
}
