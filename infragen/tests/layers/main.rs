//! Layers are told as absences: what each part of the sources must never name, and why.

#![expect(clippy::expect_used, reason = "a test ends where its setting is not as it should be")]

mod invariants;
mod lengths;
mod packages;
mod source;

use std::path::{Path, PathBuf};

/// The top of the source tree.
fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is a folder of the workspace").to_owned()
}
