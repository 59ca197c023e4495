//! A place of an object that Kubernetes' schemas do not allow, as rules see it.

use super::Object;
use crate::node::{FieldPath, Node, Value};
use crate::schema::{Fault, Version};

/// A place of an object that Kubernetes' schemas do not allow.
#[derive(Clone, Copy, Debug)]
pub struct Misfit<'a> {
    /// The object.
    pub object: &'a Object<'a>,
    /// What is wrong there.
    pub fault: &'a Fault<'a>,
    /// The versions of Kubernetes that were asked.
    pub asked: &'a [Version],
}

impl Misfit<'_> {
    /// The field.
    #[must_use]
    pub fn path(&self) -> FieldPath {
        self.fault.path.clone()
    }

    /// Which versions say so, as the end of a sentence; nothing when all do that were asked.
    #[must_use]
    pub fn in_some_versions(&self) -> String {
        if self.fault.versions.len() == self.asked.len() {
            String::new()
        } else {
            format!(" in {}", versions(&self.fault.versions))
        }
    }

    /// Which versions say so.
    #[must_use]
    pub fn versions(&self) -> String {
        versions(&self.fault.versions)
    }
}

/// `Kubernetes 1.33, 1.34`.
pub(crate) fn versions(versions: &[Version]) -> String {
    let names: Vec<String> = versions.iter().map(ToString::to_string).collect();
    format!("Kubernetes {}", names.join(", "))
}

/// A value as people speak of it: `the text `two``.
pub(crate) fn show(node: &Node) -> String {
    let shortened = |text: &str| match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(truth) => format!("the truth value `{truth}`"),
        Value::Integer(number) => format!("the number `{number}`"),
        Value::Float(number) => format!("the number `{number}`"),
        Value::String(text) if text.contains(char::is_control) => "a text of several lines".to_owned(),
        Value::String(text) => format!("the text `{}`", shortened(text)),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
    }
}
