//! A kind of somebody's own: its definition, and objects of it.

use std::path::Path;
use std::sync::LazyLock;

use infragen::schema::custom::Definitions;
use serde_json::Value;

const TEXT: &str = include_str!("custom.yaml");

/// What infragen is told by `--crds`.
pub(crate) static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    let mut definitions = Definitions::default();
    let file = infragen::read::file(Path::new("custom.yaml"), TEXT.as_bytes()).unwrap();
    definitions.add(file.documents.into_iter().next().unwrap()).unwrap();
    definitions
});

/// The definition, and the objects.
pub(crate) fn objects() -> (Value, Vec<Value>) {
    let mut documents = super::documents(TEXT);
    let definition = documents.remove(0);
    (definition, documents)
}

/// What the server's answer about an object depends on beside the object.
pub(crate) fn asked(object: &Value) -> &'static str {
    if object["kind"] == "Gadget" { TEXT } else { "" }
}
