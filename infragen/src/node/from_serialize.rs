//! Any serializable value as a [`Node`]: how typed objects enter the bundle.

use serde::ser::{self, Serialize};
use thiserror::Error;

use super::{Field, List, Node, Value};

/// A value that YAML's JSON-compatible kinds cannot hold, such as a mapping with a list as its key.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct NotRepresentable(String);

impl ser::Error for NotRepresentable {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Turns a value into a tree without places.
///
/// # Errors
/// When the value holds what a tree cannot: an integer over `i64`, or a key that is no text.
pub fn to_node<T: Serialize + ?Sized>(value: &T) -> Result<Node, NotRepresentable> {
    value.serialize(ToNode).map(Node::new)
}

struct ToNode;

struct Items(Vec<Node>);

struct Fields {
    fields: Vec<Field>,
    key: Option<String>,
    /// The name of the enum's variant that the finished value is wrapped in.
    variant: Option<&'static str>,
}

impl Fields {
    const fn new(variant: Option<&'static str>) -> Self {
        Self { fields: Vec::new(), key: None, variant }
    }

    fn push<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), NotRepresentable> {
        self.fields.push(Field::new(name, to_node(value)?));
        Ok(())
    }

    fn finish(self) -> Value {
        let value = Value::Mapping(self.fields.into());
        match self.variant {
            Some(variant) => wrapped(variant, value),
            None => value,
        }
    }
}

fn wrapped(variant: &str, value: Value) -> Value {
    let field = Field::new(variant, Node::new(value));
    Value::Mapping(List::from_iter([field]))
}

fn integer<T: TryInto<i64> + std::fmt::Display + Copy>(number: T) -> Result<Value, NotRepresentable> {
    number
        .try_into()
        .map(Value::Integer)
        .map_err(|_| NotRepresentable(format!("the number {number} does not fit 64 bits with a sign")))
}

impl ser::Serializer for ToNode {
    type Ok = Value;
    type Error = NotRepresentable;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = ser::Impossible<Value, NotRepresentable>;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    fn serialize_bool(self, v: bool) -> Result<Value, Self::Error> {
        Ok(Value::Bool(v))
    }
    fn serialize_i8(self, v: i8) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_i16(self, v: i16) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_i32(self, v: i32) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_i64(self, v: i64) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_u8(self, v: u8) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_u16(self, v: u16) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_u32(self, v: u32) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_u64(self, v: u64) -> Result<Value, Self::Error> {
        integer(v)
    }
    fn serialize_f32(self, v: f32) -> Result<Value, Self::Error> {
        Ok(Value::Float(v.into()))
    }
    fn serialize_f64(self, v: f64) -> Result<Value, Self::Error> {
        Ok(Value::Float(v))
    }
    fn serialize_char(self, v: char) -> Result<Value, Self::Error> {
        Ok(Value::String(v.into()))
    }
    fn serialize_str(self, v: &str) -> Result<Value, Self::Error> {
        Ok(Value::String(v.into()))
    }
    fn serialize_bytes(self, v: &[u8]) -> Result<Value, Self::Error> {
        Ok(Value::Sequence(v.iter().map(|byte| Node::new(Value::Integer((*byte).into()))).collect()))
    }
    fn serialize_none(self) -> Result<Value, Self::Error> {
        Ok(Value::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Self::Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Value, Self::Error> {
        Ok(Value::Null)
    }
    fn serialize_unit_struct(self, _name: &'static str) -> Result<Value, Self::Error> {
        Ok(Value::Null)
    }
    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Value, Self::Error> {
        Ok(Value::String(variant.into()))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Value, Self::Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Self::Error> {
        Ok(wrapped(variant, value.serialize(self)?))
    }
    fn serialize_seq(self, len: Option<usize>) -> Result<Items, Self::Error> {
        Ok(Items(Vec::with_capacity(len.unwrap_or(0))))
    }
    fn serialize_tuple(self, len: usize) -> Result<Items, Self::Error> {
        self.serialize_seq(Some(len))
    }
    fn serialize_tuple_struct(self, _name: &'static str, len: usize) -> Result<Items, Self::Error> {
        self.serialize_seq(Some(len))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleVariant, Self::Error> {
        Err(NotRepresentable(format!("the variant `{name}::{variant}` holds several values without names")))
    }
    fn serialize_map(self, _len: Option<usize>) -> Result<Fields, Self::Error> {
        Ok(Fields::new(None))
    }
    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Fields, Self::Error> {
        Ok(Fields::new(None))
    }
    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Fields, Self::Error> {
        Ok(Fields::new(Some(variant)))
    }
}

impl ser::SerializeSeq for Items {
    type Ok = Value;
    type Error = NotRepresentable;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        self.0.push(to_node(value)?);
        Ok(())
    }
    fn end(self) -> Result<Value, Self::Error> {
        Ok(Value::Sequence(self.0.into()))
    }
}

impl ser::SerializeTuple for Items {
    type Ok = Value;
    type Error = NotRepresentable;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        ser::SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> Result<Value, Self::Error> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeTupleStruct for Items {
    type Ok = Value;
    type Error = NotRepresentable;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        ser::SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> Result<Value, Self::Error> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeMap for Fields {
    type Ok = Value;
    type Error = NotRepresentable;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Self::Error> {
        self.key = Some(match key.serialize(ToNode)? {
            Value::String(text) => text.to_string(),
            Value::Integer(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            other => return Err(NotRepresentable(format!("a mapping's key must be text, not {other:?}"))),
        });
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        let key = self.key.take().ok_or_else(|| NotRepresentable("a value without its key".to_owned()))?;
        self.push(key, value)
    }
    fn end(self) -> Result<Value, Self::Error> {
        Ok(self.finish())
    }
}

impl ser::SerializeStruct for Fields {
    type Ok = Value;
    type Error = NotRepresentable;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.push(key.to_owned(), value)
    }
    fn end(self) -> Result<Value, Self::Error> {
        Ok(self.finish())
    }
}

impl ser::SerializeStructVariant for Fields {
    type Ok = Value;
    type Error = NotRepresentable;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.push(key.to_owned(), value)
    }
    fn end(self) -> Result<Value, Self::Error> {
        Ok(self.finish())
    }
}
