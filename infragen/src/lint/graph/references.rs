//! Every place of a Pod that names a ConfigMap or a Secret.

use crate::lint::view::Workload;
use crate::node::{FieldPath, Node};

/// One place that names a ConfigMap or a Secret, and perhaps a key in it.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// `ConfigMap` or `Secret`.
    pub kind: &'static str,
    /// The object's name.
    pub name: &'a str,
    /// The key, where the place names one.
    pub key: Option<&'a str>,
    /// Whether the Pod starts without it.
    pub optional: bool,
    /// The field that names it.
    pub path: FieldPath,
}

impl<'a> Reference<'a> {
    /// All of a workload's, in the order of its fields.
    #[must_use]
    pub fn all_of(workload: &Workload<'a>) -> Vec<Self> {
        let mut references = Vec::new();
        for container in workload.containers() {
            for (index, entry) in container.items("env").iter().enumerate() {
                let path = container.path(&["env"]).index(index).field("valueFrom");
                for (field, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
                    references.extend(Self::at(
                        entry.at(&["valueFrom", field]),
                        kind,
                        "name",
                        &path.field(field),
                    ));
                }
            }
            for (index, entry) in container.items("envFrom").iter().enumerate() {
                let path = container.path(&["envFrom"]).index(index);
                for (field, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
                    references.extend(Self::at(entry.get(field), kind, "name", &path.field(field)));
                }
            }
        }
        for (index, volume) in workload.pod(&["volumes"]).map_or(&[][..], Node::items).iter().enumerate() {
            let path = workload.pod_path(&["volumes"]).index(index);
            references.extend(Self::at(
                volume.get("configMap"),
                "ConfigMap",
                "name",
                &path.field("configMap"),
            ));
            references.extend(Self::at(volume.get("secret"), "Secret", "secretName", &path.field("secret")));
            let sources = volume.at(&["projected", "sources"]).map_or(&[][..], Node::items);
            for (index, source) in sources.iter().enumerate() {
                let path = path.fields(&["projected", "sources"]).index(index);
                for (field, kind) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
                    references.extend(Self::at(source.get(field), kind, "name", &path.field(field)));
                }
            }
        }
        references
    }

    /// What one field names: the object, or each of the keys in it.
    fn at(node: Option<&'a Node>, kind: &'static str, name_field: &str, path: &FieldPath) -> Vec<Self> {
        let Some(node) = node else { return Vec::new() };
        let Some(name) = node.text_at(&[name_field]) else { return Vec::new() };
        let optional = node.get("optional").and_then(Node::as_bool) == Some(true);
        let reference = |key, path| Self { kind, name, key, optional, path };
        if let Some(key) = node.text_at(&["key"]) {
            return vec![reference(Some(key), path.field("key"))];
        }
        let items = node.get("items").map_or(&[][..], Node::items);
        let keys = items.iter().enumerate().filter_map(|(index, item)| {
            Some(reference(Some(item.text_at(&["key"])?), path.field("items").index(index).field("key")))
        });
        let keys: Vec<_> = keys.collect();
        if keys.is_empty() { vec![reference(None, path.field(name_field))] } else { keys }
    }
}
