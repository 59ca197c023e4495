//! Diagnostics for people and for programs, and differences as people read them. One file a format.

mod diff;
mod human;
mod json;

pub use diff::diff;
pub use human::human;
pub use json::json;

/// The colours of everything that is printed, or none.
#[derive(Clone, Copy, Debug)]
struct Palette {
    is_on: bool,
}

impl Palette {
    /// Wraps the text in a style.
    fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.is_on { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
