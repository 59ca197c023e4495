//! The keys of ConfigMaps and Secrets, wherever they are made.

use super::{Graph, Target};
use crate::lint::view::Object;
use crate::node::Node;

/// The keys of a ConfigMap or a Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys<'g> {
    /// These and no others.
    Known(Vec<&'g str>),
    /// It exists, and nobody says what it holds.
    Unknown,
    /// There is no such object.
    NoObject,
}

impl Keys<'_> {
    /// Whether it may hold the key.
    #[must_use]
    pub fn may_hold(&self, key: &str) -> bool {
        match self {
            Self::Known(keys) => keys.contains(&key),
            Self::Unknown => true,
            Self::NoObject => false,
        }
    }
}

impl<'a> Graph<'a> {
    /// The keys of the ConfigMap or Secret that `from` means.
    #[must_use]
    pub fn keys(&self, from: &Object<'_>, kind: &str, name: &str) -> Keys<'_> {
        match self.target(from, kind, name) {
            Target::Here(object) => {
                let keys = names_in(object, &["data", "binaryData", "stringData"]);
                // What is empty in somebody's documents is filled by a controller; a token's keys always are.
                let is_filled = (keys.is_empty() && !self.is_complete())
                    || object.node.text_at(&["type"]) == Some("kubernetes.io/service-account-token");
                if is_filled { Keys::Unknown } else { Keys::Known(keys) }
            }
            Target::Elsewhere(external) if external.keys.is_empty() => Keys::Unknown,
            Target::Elsewhere(external) => Keys::Known(external.keys.iter().map(String::as_str).collect()),
            Target::Nothing if kind == "Secret" => self.keys_of_made_secret(from, name),
            // Kubernetes puts this one into every namespace.
            Target::Nothing if name == "kube-root-ca.crt" => Keys::Known(vec!["ca.crt"]),
            Target::Nothing => Keys::NoObject,
        }
    }

    /// The keys of a Secret that a controller makes from another object.
    fn keys_of_made_secret(&self, from: &Object<'_>, name: &str) -> Keys<'_> {
        let makes =
            |object: &&Object<'a>| object.shares_namespace(from.namespace) && made_name(object) == Some(name);
        let mut makers = MAKERS.iter().flat_map(|kind| self.of_kind(kind));
        let Some(maker) = makers.find(makes) else { return Keys::NoObject };
        match maker.kind {
            "ExternalSecret"
                if maker.at(&["spec", "dataFrom"]).is_none()
                    && maker.at(&["spec", "target", "template"]).is_none() =>
            {
                let entries = maker.at(&["spec", "data"]).map_or(&[][..], Node::items);
                Keys::Known(entries.iter().filter_map(|entry| entry.text_at(&["secretKey"])).collect())
            }
            _ => Keys::Unknown,
        }
    }
}

/// The kinds of objects that controllers make Secrets from.
const MAKERS: [&str; 7] = [
    "ExternalSecret",
    "SealedSecret",
    "Certificate",
    "VaultStaticSecret",
    "VaultDynamicSecret",
    "VaultPKISecret",
    "OnePasswordItem",
];

/// The name of the Secret that a controller makes from the object.
fn made_name<'a>(object: &Object<'a>) -> Option<&'a str> {
    match object.kind {
        "ExternalSecret" => Some(object.node.text_at(&["spec", "target", "name"]).unwrap_or(object.name)),
        "SealedSecret" | "OnePasswordItem" => Some(object.name),
        "VaultStaticSecret" | "VaultDynamicSecret" | "VaultPKISecret" => {
            object.node.text_at(&["spec", "destination", "name"])
        }
        "Certificate" => object.node.text_at(&["spec", "secretName"]),
        _ => None,
    }
}

fn names_in<'a>(object: &Object<'a>, maps: &[&str]) -> Vec<&'a str> {
    let fields = maps.iter().flat_map(|map| object.at(&[map]).map_or(&[][..], Node::fields));
    fields.map(|field| field.name.as_str()).collect()
}
