//! Each reference between objects, misspelt or taken away in turn: how many of these slips the linter sees.
//!
//! Those of production, beside what that declares, are in the tests of `environments`.

#[path = "systems/everything.rs"]
mod everything;
#[path = "references/slips.rs"]
mod slips;

use std::path::Path;

use infragen::settings::Settings;

#[test]
fn slips_in_everything_are_seen() {
    let bundle = infragen::render::render(&everything::everything(), &Settings::default());
    slips::assert_floors("everything", &bundle, [95, 90, 85]);
}

#[test]
fn slips_in_files_are_seen_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/prod/kubernetes");
    let bundle = slips::committed(&folder);
    slips::assert_floors("prod, of which nobody says that it is all", &bundle, [70, 1, 60]);
}
