//! One YAML value as a tree, refusing what a tree cannot hold.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::node::{Field, Node, PlaceId, Value};

pub(super) struct FromYaml(pub(super) Node);

impl<'de> Deserialize<'de> for FromYaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(|value| Self(Node::new(value)))
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number))
    }

    /// Beyond 63 bits only the size of a number is kept, as in every reader of JSON that Kubernetes uses.
    #[expect(clippy::cast_precision_loss, reason = "as the API server does")]
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(FromYaml(item)) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Value::Sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        let mut names = std::collections::HashSet::new();
        while let Some(Key(name)) = map.next_key()? {
            if !names.insert(name.clone()) {
                return Err(de::Error::custom(format!("the key `{name}` stands here twice")));
            }
            let FromYaml(node) = map.next_value()?;
            fields.push(Field { name, place: PlaceId::INHERITED, node });
        }
        Ok(Value::Mapping(fields))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, content): (String, _) = tagged.variant()?;
        content.newtype_variant::<FromYaml>()?;
        Err(de::Error::custom(format!("the tag `!{}` has no meaning here", tag.trim_start_matches('!'))))
    }
}

/// A key as Kubernetes takes it: numbers and truth values as their text.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(AnyValue)? {
            Value::String(text) => Ok(Self(text)),
            Value::Integer(number) => Ok(Self(number.to_string())),
            Value::Bool(truth) => Ok(Self(truth.to_string())),
            Value::Float(number) => Ok(Self(number.to_string())),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => {
                Err(de::Error::custom("a key must be text"))
            }
        }
    }
}
