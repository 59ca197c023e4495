//! Gathers objects as documents: each in its file, each value marked with the line that it came from.

use serde::Serialize;

use crate::bundle::{Content, Document};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::node::{FieldPath, Node, Value, to_node};
use crate::origin::Origin;

/// What has been rendered so far.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) documents: Vec<Document>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where values of one object came from: a path in it and an origin.
#[derive(Default)]
pub(super) struct Marks(pub(super) Vec<(String, Origin)>);

impl Marks {
    /// Notes where the value at a path came from.
    pub(super) fn add(&mut self, path: impl Into<String>, origin: &Origin) {
        self.0.push((path.into(), origin.clone()));
    }

    /// Takes over the marks of a part that stands at this path.
    pub(super) fn add_part(&mut self, at: &str, part: Self) {
        self.0.extend(part.0.into_iter().map(|(path, origin)| (format!("{at}.{path}"), origin)));
    }
}

/// Places in the order of application; files sort by them.
pub(super) mod order {
    pub(in crate::kubernetes) const NAMESPACE: u16 = 0;
    pub(in crate::kubernetes) const PRIORITY_CLASS: u16 = 10;
    pub(in crate::kubernetes) const RESOURCE_QUOTA: u16 = 20;
    pub(in crate::kubernetes) const LIMIT_RANGE: u16 = 30;
    pub(in crate::kubernetes) const NETWORK_POLICY: u16 = 40;
    pub(in crate::kubernetes) const SERVICE_ACCOUNT: u16 = 50;
    pub(in crate::kubernetes) const ROLE: u16 = 60;
    pub(in crate::kubernetes) const ROLE_BINDING: u16 = 61;
    pub(in crate::kubernetes) const CLUSTER_ROLE: u16 = 62;
    pub(in crate::kubernetes) const CLUSTER_ROLE_BINDING: u16 = 63;
    pub(in crate::kubernetes) const CONFIG_MAP: u16 = 70;
    pub(in crate::kubernetes) const SECRET: u16 = 80;
    pub(in crate::kubernetes) const PERSISTENT_VOLUME: u16 = 90;
    pub(in crate::kubernetes) const PERSISTENT_VOLUME_CLAIM: u16 = 100;
    pub(in crate::kubernetes) const SERVICE: u16 = 110;
    pub(in crate::kubernetes) const STATEFUL_SET: u16 = 120;
    pub(in crate::kubernetes) const DEPLOYMENT: u16 = 130;
    pub(in crate::kubernetes) const JOB: u16 = 140;
    pub(in crate::kubernetes) const CRON_JOB: u16 = 150;
    pub(in crate::kubernetes) const HORIZONTAL_POD_AUTOSCALER: u16 = 160;
    pub(in crate::kubernetes) const POD_DISRUPTION_BUDGET: u16 = 170;
    pub(in crate::kubernetes) const INGRESS: u16 = 180;
    pub(in crate::kubernetes) const EXTRA: u16 = 200;
}

impl Objects {
    /// Adds an object that as a whole came from `origin`, and whose single values came from where `marks` say.
    pub(super) fn push<T: Serialize>(&mut self, order: u16, object: &T, origin: &Origin, marks: Marks) {
        match to_node(object) {
            Ok(node) => self.push_node(order, node, origin, marks),
            Err(error) => self.refuse("object-not-representable", error.to_string(), String::new(), origin),
        }
    }

    /// As [`Objects::push`], of a tree.
    pub(super) fn push_node(&mut self, order: u16, mut node: Node, origin: &Origin, marks: Marks) {
        name_first(&mut node);
        let kind = node.text_at(&["kind"]).unwrap_or("object").to_ascii_lowercase();
        let name = node.text_at(&["metadata", "name"]).unwrap_or("unnamed").to_owned();
        let file = format!("kubernetes/{order:03}-{kind}-{name}.yaml");
        let mut document = Document::rendered(file, Content::Object(node));
        document.mark(&FieldPath::root(), origin.clone());
        for (path, origin) in marks.0 {
            document.mark(&FieldPath::parse(&path), origin);
        }
        self.documents.push(document);
    }

    /// Notes what could not be rendered.
    pub(super) fn refuse(&mut self, rule: &'static str, message: String, help: String, origin: &Origin) {
        self.diagnostics.push(refusal(rule, message, help, origin));
    }
}

/// Puts what something is called before what it is like, as people write it; the rest stays in the types' order.
fn name_first(node: &mut Node) {
    match &mut node.value {
        Value::Mapping(fields) => {
            // The last one moved to the front stands first.
            for name in ["namespace", "name", "kind", "apiVersion"] {
                let index =
                    fields.iter().position(|field| field.name == name && field.node.as_str().is_some());
                if let Some(index) = index {
                    fields[..=index].rotate_right(1);
                }
            }
            fields.iter_mut().for_each(|field| name_first(&mut field.node));
        }
        Value::Sequence(items) => items.iter_mut().for_each(name_first),
        _ => {}
    }
}

/// A diagnostic about what there is no object of.
pub(crate) fn refusal(rule: &'static str, message: String, help: String, origin: &Origin) -> Diagnostic {
    Diagnostic {
        help,
        file: origin.location().map(|location| location.file().into()).unwrap_or_default(),
        place: Some(crate::bundle::Place::Rust(origin.clone())),
        ..Diagnostic::new(rule, Severity::Error, Category::Form, message)
    }
}
