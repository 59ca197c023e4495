//! Where a value came from: a line of somebody's YAML, or a line of Rust.

use std::fmt;
use std::panic::Location;

/// Why a rendered value is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody wrote it: the setter was called on this line.
    Line(&'static Location<'static>),
    /// Nobody wrote it; infragen's default, and the reason for it.
    Default(&'static str),
    /// It follows from something that somebody wrote on this line, in this way.
    Derived {
        /// Where what it follows from was written.
        from: &'static Location<'static>,
        /// How it follows, such as ``the sum of all apps' requests``.
        how: &'static str,
    },
    /// The run said so, by a key of `infragen.toml`, a variable or `--set`.
    Setting {
        /// The key, such as `images.coworking-analytics.tag`.
        key: String,
        /// What gave it, such as `infragen.toml` or `--set`.
        provider: String,
    },
}

/// A place that a person can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file that was read.
    Yaml {
        /// First is 1.
        line: usize,
        /// In characters; first is 1.
        column: usize,
    },
    /// In the source of an environment.
    Rust(Origin),
}

impl Place {
    /// The place of a byte offset in a text.
    #[must_use]
    pub fn in_text(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self::Yaml { line, column }
    }
}

impl Origin {
    /// The line of Rust, where there is one.
    #[must_use]
    pub const fn location(&self) -> Option<&'static Location<'static>> {
        match self {
            Self::Line(location) | Self::Derived { from: location, .. } => Some(location),
            Self::Default(_) | Self::Setting { .. } => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(location) => write!(f, "{}:{}", location.file(), location.line()),
            Self::Default(reason) => write!(f, "default: {reason}"),
            Self::Derived { from, how } => write!(f, "{how}, from {}:{}", from.file(), from.line()),
            Self::Setting { key, provider } => write!(f, "setting `{key}` from {provider}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn an_offset_becomes_line_and_column() {
        assert_eq!(Place::in_text("a: 1\né: 2\n", 7), Place::Yaml { line: 2, column: 2 });
        assert_eq!(Place::in_text("", 0), Place::Yaml { line: 1, column: 1 });
    }
}
