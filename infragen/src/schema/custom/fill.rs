//! What the API server makes of an object before it looks at it: no nulls where none may be, and the defaults.

use super::shape::Shape;
use crate::node::{Field, Node, Value};

/// Removes what is null where nothing may be, and fills in what is missing and has a default.
pub(super) fn fill(node: &mut Node, shape: &Shape) {
    match &mut node.value {
        Value::Mapping(fields) => {
            fields.edit(|fields| complete(fields, shape));
            for field in fields {
                if let Some(shape) = shape.field(&field.name) {
                    fill(&mut field.node, shape);
                }
            }
        }
        Value::Sequence(items) => {
            if let Some(shape) = &shape.items {
                items.iter_mut().for_each(|item| fill(item, shape));
            }
        }
        _ => {}
    }
}

fn complete(fields: &mut Vec<Field>, shape: &Shape) {
    fields.retain_mut(|field| {
        let Some(shape) = shape.field(&field.name) else { return true };
        if field.node.value == Value::Null && !shape.is_nullable {
            let Some(default) = &shape.default else { return false };
            field.node.value = default.value.clone();
        }
        true
    });
    for (name, shape) in &shape.properties {
        if let Some(default) = &shape.default
            && !fields.iter().any(|field| field.name == *name)
        {
            let node = Node::new(default.value.clone());
            fields.push(Field::new(name.as_str(), node));
        }
    }
}
