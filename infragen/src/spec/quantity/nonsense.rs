//! What is wrong with a value, told the same way by the compiler and by the running program.

/// Names one way in which a value is wrong, and the likely mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub(super) what: &'static str,
    pub(super) help: &'static str,
    pub(super) message: &'static str,
}

impl Mistake {
    /// Says what is wrong and how to mend it: the text of the compile error.
    pub const fn message(self) -> &'static str {
        self.message
    }
}

/// Makes a [`Mistake`] of what is wrong and what to write instead.
macro_rules! mistake {
    ($what:literal, $help:literal) => {
        $crate::spec::quantity::nonsense::Mistake {
            what: $what,
            help: $help,
            message: concat!($what, "; ", $help),
        }
    };
}
pub(super) use mistake;

/// Refuses a value that was only known when the program ran.
///
/// Displays as a lower-case fragment with the value in backticks; [`help`](Self::help) has the mend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is no {kind}: {}", mistake.what)]
pub struct Nonsense {
    kind: &'static str,
    value: String,
    mistake: Mistake,
}

impl Nonsense {
    pub(super) fn new(kind: &'static str, value: impl ToString, mistake: Mistake) -> Self {
        Self { kind, value: value.to_string(), mistake }
    }

    #[cfg(test)]
    pub(super) fn mistake(&self) -> Mistake {
        self.mistake
    }

    /// Says what kind of value was wanted: `CPU quantity`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The value as it was given.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Says what to write instead.
    pub fn help(&self) -> &'static str {
        self.mistake.help
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_value_kind_mistake_and_help() {
        let nonsense = Nonsense::new("port", 0, mistake!("a port is at least 1", "write port!(8080)"));
        assert_eq!(nonsense.to_string(), "`0` is no port: a port is at least 1");
        assert_eq!(nonsense.help(), "write port!(8080)");
        assert_eq!(nonsense.mistake.message(), "a port is at least 1; write port!(8080)");
    }
}
