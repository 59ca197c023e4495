//! What may be forgotten of a document once it was looked at by itself.
//!
//! Rules that look at several objects ask for names, labels, numbers and references, and so do the controls of Pod
//! Security. None of that is long; what is long is most of what a large file holds.

use crate::bundle::{Content, Document};
use crate::node::{Node, Text, Value};

/// The longest text that names something.
const LONGEST_NAME: usize = 253;
/// What the API server keeps for itself, below the object and below its metadata.
const KEPT_BY_THE_SERVER: [&str; 2] = ["status", "managedFields"];
/// The object once more, as somebody applied it.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Forgets it; every field that is left has its place.
pub(super) fn forget(document: &mut Document) {
    if let Content::Object(root) = &mut document.content {
        drop_fields(root);
        for field in root.fields_mut() {
            if field.name == "metadata" {
                drop_fields(&mut field.node);
                let annotations =
                    field.node.fields_mut().iter_mut().filter(|field| field.name == "annotations");
                annotations.for_each(|annotations| drop_fields(&mut annotations.node));
            } else {
                forget_texts(&mut field.node);
            }
        }
    }
}

fn drop_fields(node: &mut Node) {
    let is_kept = |name: &str| name != LAST_APPLIED && !KEPT_BY_THE_SERVER.contains(&name);
    if let Value::Mapping(fields) = &mut node.value
        && !fields.iter().all(|field| is_kept(&field.name))
    {
        fields.edit(|fields| fields.retain(|field| is_kept(&field.name)));
    }
}

/// A long text becomes an empty one: what is asked of it is whether it is there.
fn forget_texts(node: &mut Node) {
    match &mut node.value {
        Value::String(text) if text.len() > LONGEST_NAME => *text = Text::default(),
        Value::Sequence(items) => items.iter_mut().for_each(forget_texts),
        Value::Mapping(fields) => fields.iter_mut().for_each(|field| forget_texts(&mut field.node)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::forget;
    use crate::bundle::{Content, Document};
    use crate::read;

    #[test]
    fn what_is_long_is_forgotten_and_names_are_kept() {
        let long = "x".repeat(300);
        let yaml = format!(
            "metadata: {{name: a, managedFields: [{{}}], annotations: {{kubectl.kubernetes.io/last-applied-configuration: b, c: {long}}}}}\n\
             data: {{a: {long}, b: [{long}, short]}}\n\
             status: {{c: d}}\n"
        );
        let node = read::objects(&yaml).unwrap().remove(0);
        let mut document = Document::rendered("a.yaml", Content::Object(node));
        forget(&mut document);
        let expected =
            format!("metadata: {{name: a, annotations: {{c: {long}}}}}\ndata: {{a: '', b: ['', short]}}\n");
        assert_eq!(document.root(), Some(&read::objects(&expected).unwrap()[0]));
    }
}
