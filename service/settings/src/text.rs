//! Typed values from the text of variables.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

/// Reads a whole number from `MIN` to `MAX`, from text or from a number.
pub(crate) fn within<'de, D, N, const MIN: u32, const MAX: u32>(deserializer: D) -> Result<N, D::Error>
where
    D: Deserializer<'de>,
    N: TryFrom<u32>,
{
    let wanted = format!("a whole number from {MIN} to {MAX}");
    let number: u32 = deserializer.deserialize_any(Text { wanted: &wanted, of: PhantomData })?;
    let refused = || D::Error::custom(format!("`{number}` is not {wanted}"));
    if !(MIN..=MAX).contains(&number) {
        return Err(refused());
    }
    N::try_from(number).map_err(|_| refused())
}

/// Reads a port.
pub(crate) fn maybe_port<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    within::<_, _, 1, 65535>(deserializer).map(Some)
}

/// Reads `true` or `false`, from text or from a boolean.
pub(crate) fn maybe_bool<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    deserializer.deserialize_any(Text { wanted: "`true` or `false`", of: PhantomData }).map(Some)
}

/// Reads whatever prints as a `T`.
struct Text<'a, T> {
    wanted: &'a str,
    of: PhantomData<T>,
}

impl<T: FromStr> Text<'_, T> {
    fn parse<E: Error>(&self, shown: impl Display) -> Result<T, E> {
        let shown = shown.to_string();
        let hint = if shown.starts_with("tcp://") {
            "; Kubernetes sets such a value for a Service of that name: set the variable, or `enableServiceLinks: false`"
        } else {
            ""
        };
        shown.parse().map_err(|_| E::custom(format!("`{shown}` is not {}{hint}", self.wanted)))
    }
}

impl<T: FromStr> Visitor<'_> for Text<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.wanted)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.parse(text)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.parse(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.parse(number)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<T, E> {
        self.parse(truth)
    }
}
