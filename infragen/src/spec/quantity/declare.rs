//! Declares a quantity: one macro for text, one for what text measures, one for whole numbers.
//!
//! Each wants a `check` beside it, a `const fn` that is the only grammar: the compiler runs it on a literal, the
//! program on everything else.

/// Declares a quantity that is its text; `check(&[u8]) -> Result<(), Mistake>` is its grammar.
macro_rules! text {
    ($(#[$attribute:meta])* $name:ident, $kind:literal) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(std::borrow::Cow<'static, str>);

        impl $name {
            /// Takes a literal; its macro calls this where the compiler must evaluate it.
            ///
            /// # Panics
            ///
            /// When the text is wrong: in a constant, that is a compile error.
            #[track_caller]
            #[doc(hidden)]
            pub const fn literal(text: &'static str) -> Self {
                match check(text.as_bytes()) {
                    Ok(()) => Self(std::borrow::Cow::Borrowed(text)),
                    Err(mistake) => panic!("{}", mistake.message()),
                }
            }

            /// Reads text that is known when the program runs.
            pub fn parse(text: &str) -> Result<Self, $crate::spec::quantity::Nonsense> {
                match check(text.as_bytes()) {
                    Ok(()) => Ok(Self(text.to_owned().into())),
                    Err(mistake) => Err($crate::spec::quantity::Nonsense::new($kind, text, mistake)),
                }
            }

            /// The text as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        $crate::spec::quantity::declare::read_from_text!($name, $kind);
    };
}
pub(super) use text;

/// Declares a quantity that text measures; `check(&[u8]) -> Result<_, Mistake>` is its grammar, and `Display` its
/// canonical text.
macro_rules! measure {
    ($(#[$attribute:meta])* $name:ident($value:ty), $kind:literal) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name($value);

        impl $name {
            /// Takes a literal; its macro calls this where the compiler must evaluate it.
            ///
            /// # Panics
            ///
            /// When the text is wrong: in a constant, that is a compile error.
            #[track_caller]
            #[doc(hidden)]
            pub const fn literal(text: &'static str) -> Self {
                match check(text.as_bytes()) {
                    Ok(value) => Self(value),
                    Err(mistake) => panic!("{}", mistake.message()),
                }
            }

            /// Reads text that is known when the program runs.
            pub fn parse(text: &str) -> Result<Self, $crate::spec::quantity::Nonsense> {
                match check(text.as_bytes()) {
                    Ok(value) => Ok(Self(value)),
                    Err(mistake) => Err($crate::spec::quantity::Nonsense::new($kind, text, mistake)),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        $crate::spec::quantity::declare::read_from_text!($name, $kind);
    };
}
pub(super) use measure;

/// Declares a whole number with its unit (empty for none); `check(i128) -> Result<_, Mistake>` is its range.
///
/// The check takes any integer, so that a literal outside the Rust type gets our message, not the compiler's.
macro_rules! number {
    ($(#[$attribute:meta])* $name:ident($value:ty), $unit:literal, $kind:literal) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name($value);

        impl $name {
            /// Takes a literal; its macro calls this where the compiler must evaluate it.
            ///
            /// # Panics
            ///
            /// When the number is out of range: in a constant, that is a compile error.
            #[track_caller]
            #[doc(hidden)]
            pub const fn literal(number: i128) -> Self {
                match check(number) {
                    Ok(value) => Self(value),
                    Err(mistake) => panic!("{}", mistake.message()),
                }
            }

            /// Takes a number that is known when the program runs.
            pub fn from_number(number: impl Into<i128>) -> Result<Self, $crate::spec::quantity::Nonsense> {
                let number = number.into();
                match check(number) {
                    Ok(value) => Ok(Self(value)),
                    Err(mistake) => Err($crate::spec::quantity::Nonsense::new($kind, number, mistake)),
                }
            }

            /// Reads text that is known when the program runs, with or without the unit.
            pub fn parse(text: &str) -> Result<Self, $crate::spec::quantity::Nonsense> {
                let nonsense = |mistake| $crate::spec::quantity::Nonsense::new($kind, text, mistake);
                let digits = text.strip_suffix($unit).unwrap_or(text);
                if digits.starts_with('+') {
                    return Err(nonsense(NOT_A_NUMBER));
                }
                let number = digits.parse::<i128>().map_err(|_| nonsense(NOT_A_NUMBER))?;
                check(number).map(Self).map_err(nonsense)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&format!("{}{}", self.0, $unit))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        $crate::spec::quantity::declare::read_from_text!($name, $kind);
    };
}
pub(super) use number;

/// Gives a quantity with `parse` all the ways in which Rust reads text.
macro_rules! read_from_text {
    ($name:ident, $kind:literal) => {
        impl $crate::spec::quantity::Quantity for $name {
            const KIND: &'static str = $kind;

            fn from_text(text: &str) -> Result<Self, $crate::spec::quantity::Nonsense> {
                Self::parse(text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::spec::quantity::Nonsense;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::spec::quantity::deserialize::text_or_number(deserializer)
            }
        }
    };
}
pub(super) use read_from_text;
