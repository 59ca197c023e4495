//! What may be forgotten of a document once it was looked at by itself.
//!
//! Rules that look at several objects ask for names, labels, numbers and references, and so do the controls of Pod
//! Security. None of that is long; what is long is most of what a large file holds. The definition of a kind may ask for
//! anything: what it will be held to keeps all but its text.

use super::sharing::Shared;
use crate::bundle::{Content, Document, Places};
use crate::node::{Field, Node, Text, Value};

/// The longest text that names something.
const LONGEST_NAME: usize = 253;
/// What the API server keeps for itself, below the object and below its metadata.
const KEPT_BY_THE_SERVER: [&str; 2] = ["status", "managedFields"];
/// The kinds whose values programs read, and no rule that looks at several objects.
const CONFIGURATION: [&str; 2] = ["ConfigMap", "Secret"];
/// Where they hold them.
const ENTRIES: [&str; 3] = ["data", "binaryData", "stringData"];
/// The object once more, as somebody applied it.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// What is kept of an object.
#[derive(Clone, Copy)]
pub(super) enum Keep {
    /// All that it says.
    All,
    /// What rules ask for that look at several objects.
    Names,
}

/// Forgets the rest, and the places with the text that they are in. What is left and stands in many documents, they
/// share.
pub(super) fn forget(document: &mut Document, keep: Keep, shared: &Shared) {
    let keeps_places = !matches!(document.places, Places::LetGo(_));
    if let Content::Object(root) = &mut document.content {
        let mut kept = Kept { shared, keeps_places, fields: Vec::new(), items: Vec::new() };
        *root = match keep {
            Keep::All => kept.whole(root),
            Keep::Names => kept.root(root),
        };
    }
}

fn is_kept(field: &&Field) -> bool {
    field.name != LAST_APPLIED && !KEPT_BY_THE_SERVER.contains(&field.name.as_str())
}

/// Makes the tree of what is kept.
struct Kept<'s> {
    shared: &'s Shared,
    keeps_places: bool,
    /// What all open mappings and sequences hold so far, one behind the other.
    fields: Vec<Field>,
    items: Vec<Node>,
}

impl Kept<'_> {
    fn root(&mut self, root: &Node) -> Node {
        let is_config = root.text_at(&["kind"]).is_some_and(|kind| CONFIGURATION.contains(&kind));
        self.mapping(root, |kept, field| match &*field.name {
            name if is_config && ENTRIES.contains(&name) => kept.keys(&field.node),
            "metadata" => kept.mapping(&field.node, Self::of_metadata),
            _ => kept.node(&field.node),
        })
    }

    fn of_metadata(&mut self, field: &Field) -> Node {
        match &*field.name {
            "annotations" => self.annotations(&field.node),
            _ => self.whole(&field.node),
        }
    }

    fn annotations(&mut self, node: &Node) -> Node {
        let Value::Mapping(fields) = &node.value else { return self.whole(node) };
        let fields = self.shared_fields(fields.iter().filter(is_kept), |kept, node| kept.whole(node));
        self.placed(node, fields)
    }

    /// The names alone of what a mapping holds.
    fn keys(&mut self, node: &Node) -> Node {
        let Value::Mapping(fields) = &node.value else { return self.node(node) };
        let fields = self.shared_fields(fields, |kept, node| kept.placed(node, Value::Null));
        self.placed(node, fields)
    }

    /// A mapping that others may have, too.
    fn shared_fields<'n>(
        &mut self,
        fields: impl IntoIterator<Item = &'n Field>,
        keep: impl Fn(&mut Self, &Node) -> Node,
    ) -> Value {
        let start = self.fields.len();
        for field in fields {
            let node = keep(self, &field.node);
            let field = self.field(field, node);
            self.fields.push(field);
        }
        Value::Mapping(self.shared.fields(&mut self.fields, start))
    }

    /// A mapping of which nobody has the same: it holds the object's name, or what does.
    fn mapping(&mut self, node: &Node, keep: impl Fn(&mut Self, &Field) -> Node) -> Node {
        let Value::Mapping(fields) = &node.value else { return self.node(node) };
        let fields = fields.iter().filter(is_kept).map(|field| {
            let node = keep(self, field);
            self.field(field, node)
        });
        let fields = Value::Mapping(fields.collect::<Vec<_>>().into());
        self.placed(node, fields)
    }

    /// A long text becomes an empty one: what is asked of it is whether it is there.
    fn node(&mut self, node: &Node) -> Node {
        self.part(node, LONGEST_NAME)
    }

    fn whole(&mut self, node: &Node) -> Node {
        self.part(node, usize::MAX)
    }

    fn part(&mut self, node: &Node, longest: usize) -> Node {
        let value = match &node.value {
            Value::String(text) if text.len() > longest => Value::String(Text::default()),
            Value::String(text) => Value::String(self.shared.text(text)),
            Value::Sequence(items) => {
                let start = self.items.len();
                for item in items {
                    let item = self.part(item, longest);
                    self.items.push(item);
                }
                Value::Sequence(self.shared.items(&mut self.items, start))
            }
            Value::Mapping(fields) => self.shared_fields(fields, |kept, node| kept.part(node, longest)),
            other => other.clone(),
        };
        self.placed(node, value)
    }

    fn field(&self, field: &Field, node: Node) -> Field {
        Field { name: self.shared.text(&field.name), node }
    }

    /// A value in the place of what a node holds.
    const fn placed(&self, node: &Node, value: Value) -> Node {
        if self.keeps_places {
            return Node { value, place: node.place, key: node.key };
        }
        Node::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Keep, Shared, forget};
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
        forget(&mut document, Keep::Names, &Shared::default());
        let expected =
            format!("metadata: {{name: a, annotations: {{c: {long}}}}}\ndata: {{a: '', b: ['', short]}}\n");
        assert_eq!(document.root(), Some(&read::objects(&expected).unwrap()[0]));
    }

    #[test]
    fn of_configuration_the_keys_are_kept() {
        for (kind, expected) in
            [("ConfigMap", "{a: null, b: null}"), ("Secret", "{a: null, b: null}"), ("Other", "{a: x, b: 1}")]
        {
            let yaml =
                |data: &str| format!("kind: {kind}\nmetadata: {{name: a}}\ndata: {data}\nimmutable: true\n");
            let node = read::objects(&yaml("{a: x, b: 1}")).unwrap().remove(0);
            let mut document = Document::rendered("a.yaml", Content::Object(node));
            forget(&mut document, Keep::Names, &Shared::default());
            assert_eq!(document.root(), Some(&read::objects(&yaml(expected)).unwrap()[0]), "{kind}");
        }
    }
}
