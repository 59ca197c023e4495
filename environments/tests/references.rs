//! Each reference of production, misspelt or taken away in turn: the linter sees it, or it does no harm.

#[path = "../../infragen/tests/references/slips.rs"]
mod slips;

use std::path::Path;

use infragen::bundle::Bundle;
use infragen::settings::Settings;

/// As `infragen validate generated/prod` looks at them: the files, and what the environment declares.
#[test]
fn slips_in_prod_are_seen() {
    let prod = environments::prod();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/prod/kubernetes");
    let bundle = Bundle {
        environment: Some("prod".to_owned()),
        facts: infragen::kubernetes::facts(&prod, &Settings::default()),
        ..slips::committed(&folder)
    };
    slips::assert_floors("prod", &bundle, [100, 100, 100]);
}
