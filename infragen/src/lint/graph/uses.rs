//! Who uses a ConfigMap or a Secret, and which of its keys.

use std::collections::BTreeSet;

use super::{Graph, Reference};
use crate::lint::view::{Object, Workload};
use crate::node::{FieldPath, Node, Value};

/// A ConfigMap or a Secret, or the object that a Secret is made from.
#[derive(Clone, Copy, Debug)]
pub struct Config<'g, 'a> {
    /// `ConfigMap` or `Secret`.
    pub kind: &'static str,
    /// The name that it is used by.
    pub name: &'a str,
    /// The object that stands in the bundle.
    pub object: &'g Object<'a>,
}

/// What of a ConfigMap or a Secret is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uses<'a> {
    /// It is taken whole, or by something that this page does not know.
    Whole,
    /// These keys, one by one.
    Keys(BTreeSet<&'a str>),
    /// Nothing names it.
    Nobody,
}

impl<'a> Config<'_, 'a> {
    /// Its keys, each with its field.
    #[must_use]
    pub fn keys(&self) -> Vec<(&'a str, FieldPath)> {
        if self.object.kind == "ExternalSecret" {
            let entries = self.object.at(&["spec", "data"]).map_or(&[][..], Node::items).iter().enumerate();
            let path = |index| self.object.path(&["spec", "data"]).index(index).field("secretKey");
            return entries
                .filter_map(|(index, entry)| Some((entry.text_at(&["secretKey"])?, path(index))))
                .collect();
        }
        let maps = ["data", "binaryData", "stringData"].into_iter();
        let fields = maps.flat_map(|map| {
            let fields = self.object.at(&[map]).map_or(&[][..], Node::fields);
            fields
                .iter()
                .map(move |field| (field.name.as_str(), FieldPath::root().fields(&[map, &field.name])))
        });
        fields.collect()
    }
}

impl<'a> Graph<'a> {
    /// The ConfigMaps and Secrets that somebody must use; tokens, which are used by their account, are left out.
    pub fn configs(&self) -> impl Iterator<Item = Config<'_, 'a>> {
        let maps =
            self.of_kind("ConfigMap").map(|object| Config { kind: "ConfigMap", name: object.name, object });
        let is_token = |object: &&Object<'a>| {
            object.node.text_at(&["type"]) == Some("kubernetes.io/service-account-token")
        };
        let secrets = self.of_kind("Secret").filter(move |object| !is_token(object));
        let secrets = secrets.map(|object| Config { kind: "Secret", name: object.name, object });
        let fetched = self.of_kind("ExternalSecret").map(|object| Config {
            kind: "Secret",
            name: object.node.text_at(&["spec", "target", "name"]).unwrap_or(object.name),
            object,
        });
        maps.chain(secrets).chain(fetched)
    }

    /// Who uses it.
    #[must_use]
    pub fn uses(&self, config: &Config<'_, 'a>) -> Uses<'a> {
        let beside = |object: &&Object<'a>| object.shares_namespace(config.object.namespace);
        let is_named = |object: &Object<'a>| match object.kind {
            "ConfigMap" | "Secret" | "ExternalSecret" => false,
            "ServiceAccount" => ["imagePullSecrets", "secrets"]
                .iter()
                .any(|list| object.node.get(list).is_some_and(|list| names(list, config.name))),
            _ => {
                let fields = object.node.fields().iter().filter(|field| field.name != "metadata");
                Workload::of(*object).is_none()
                    && fields.into_iter().any(|field| names(&field.node, config.name))
            }
        };
        if self.objects().iter().filter(beside).any(is_named) {
            return Uses::Whole;
        }
        let mut keys = BTreeSet::new();
        for workload in self.workloads().iter().filter(|workload| beside(&&workload.object)) {
            let pulls = workload.pod(&["imagePullSecrets"]).is_some_and(|list| names(list, config.name));
            if config.kind == "Secret" && pulls {
                return Uses::Whole;
            }
            let references = Reference::all_of(workload).into_iter();
            for reference in references.filter(|found| found.kind == config.kind && found.name == config.name)
            {
                match reference.key {
                    Some(key) => _ = keys.insert(key),
                    None => return Uses::Whole,
                }
            }
        }
        if keys.is_empty() { Uses::Nobody } else { Uses::Keys(keys) }
    }

    /// Whether another object has a label of this name too.
    #[must_use]
    pub fn is_shared_label(&self, object: &Object<'_>, name: &str) -> bool {
        let mut others = self.objects().iter().filter(|other| !other.is_same(object));
        others.any(|other| other.at(&["metadata", "labels", name]).is_some())
    }
}

/// Whether some text in the tree is that name.
fn names(node: &Node, name: &str) -> bool {
    match &node.value {
        Value::String(text) => text == name,
        Value::Sequence(items) => items.iter().any(|item| names(item, name)),
        Value::Mapping(fields) => fields.iter().any(|field| names(&field.node, name)),
        _ => false,
    }
}
