//! Why a value is what it is: somebody's line, a default and its reason, or a setting of the run.

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

/// A value, and why it is so.
#[derive(Clone, Debug)]
pub struct Chosen<T> {
    /// What it is.
    pub value: T,
    /// Why.
    pub origin: Origin,
}

impl<T> Chosen<T> {
    /// A value that the caller's caller wrote: the nearest function that is not `#[track_caller]`.
    #[track_caller]
    pub const fn here(value: T) -> Self {
        Self { value, origin: Origin::Line(Location::caller()) }
    }

    /// A value that nobody wrote.
    pub const fn default(value: T, reason: &'static str) -> Self {
        Self { value, origin: Origin::Default(reason) }
    }

    /// Another value with the same origin.
    pub fn with<U>(&self, value: U) -> Chosen<U> {
        Chosen { value, origin: self.origin.clone() }
    }

    /// Another value that follows from this one.
    pub fn derive<U>(&self, value: U, how: &'static str) -> Chosen<U> {
        Chosen { value, origin: self.origin.derived(how) }
    }
}

impl Origin {
    /// The line on which this is called.
    #[must_use]
    #[track_caller]
    pub const fn here() -> Self {
        Self::Line(Location::caller())
    }

    /// The line of Rust, where there is one.
    #[must_use]
    pub const fn location(&self) -> Option<&'static Location<'static>> {
        match self {
            Self::Line(location) | Self::Derived { from: location, .. } => Some(location),
            Self::Default(_) | Self::Setting { .. } => None,
        }
    }

    /// The origin of what follows from a value of this origin.
    #[must_use]
    pub fn derived(&self, how: &'static str) -> Self {
        self.location().map_or_else(|| self.clone(), |from| Self::Derived { from, how })
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
