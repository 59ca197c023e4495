//! Tera's errors in words that say where to look.

use std::error::Error;

/// The whole story of a template's error, from the outermost to the cause, on one line.
#[must_use]
pub fn explain(error: &tera::Error) -> String {
    let mut story = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !story.contains(&text) {
            story.push_str(": ");
            story.push_str(&text);
        }
        cause = inner.source();
    }
    story
}
