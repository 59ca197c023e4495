//! Reads a quantity from settings, where `8080` and `"8080"` mean the same.

use std::{fmt, marker::PhantomData};

use serde::de::{Deserializer, Error, Visitor};

use super::Quantity;

/// Reads text or a whole number; a fraction is refused, since `1.30` has already lost its zero.
pub(super) fn text_or_number<'de, T: Quantity, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(TextOrNumber(PhantomData))
}

struct TextOrNumber<T>(PhantomData<T>);

impl<T: Quantity> Visitor<'_> for TextOrNumber<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::KIND)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(|nonsense| E::custom(format!("{nonsense}; {}", nonsense.help())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::spec::quantity::{Cpu, Port};

    #[test]
    fn reads_text_and_numbers() {
        assert_eq!(serde_json::from_str::<Port>("8080").unwrap(), crate::port!(8080));
        assert_eq!(serde_json::from_str::<Port>("\"8080\"").unwrap(), crate::port!(8080));
        assert_eq!(serde_json::from_str::<Cpu>("\"250m\"").unwrap(), crate::cpu!("250m"));
    }

    #[test]
    fn a_refusal_tells_the_mend() {
        let error = serde_json::from_str::<Port>("70000").unwrap_err().to_string();
        assert!(error.contains("`70000` is no port") && error.contains("write"), "{error}");
    }
}
