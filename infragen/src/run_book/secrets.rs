//! What must be there that no manifest holds: values of secrets, and objects that somebody else makes.

use serde::Serialize;

use crate::shell;
use crate::spec::{Environment, ExternalKind};

/// A Secret that External Secrets fetches.
#[derive(Serialize)]
pub(super) struct Fetched<'a> {
    name: &'a str,
    store: &'a str,
    keys: Vec<Key<'a>>,
    remotes: Vec<Remote>,
}

/// One key of it.
#[derive(Serialize)]
struct Key<'a> {
    key: &'a str,
    remote: &'a str,
    property: Option<&'a str>,
}

/// A secret of Secrets Manager, as a word of the shell.
#[derive(Serialize)]
struct Remote {
    name: String,
    /// What its JSON looks like, where it is to be JSON.
    json: Option<String>,
}

/// An object that is to exist already.
#[derive(Serialize)]
pub(super) struct External<'a> {
    kind: &'static str,
    /// The kind as kubectl takes it.
    resource: String,
    name: &'a str,
    keys: Vec<&'a str>,
    /// Whether `infragen secret` makes it.
    is_secret: bool,
    /// Whether it is in the namespace.
    is_namespaced: bool,
}

impl<'a> Fetched<'a> {
    pub(super) fn all(environment: &'a Environment) -> Vec<Self> {
        environment
            .secrets
            .iter()
            .map(|secret| {
                let mut remotes: Vec<&str> = secret.keys.iter().map(|key| key.remote.as_str()).collect();
                remotes.sort_unstable();
                remotes.dedup();
                let properties = |remote: &str| {
                    let named: Vec<String> = secret
                        .keys
                        .iter()
                        .filter(|key| key.remote == remote)
                        .filter_map(|key| key.property.as_ref())
                        .map(|property| format!("\"{property}\": \"…\""))
                        .collect();
                    (!named.is_empty()).then(|| format!("{{{}}}", named.join(", ")))
                };
                Self {
                    name: secret.name.as_str(),
                    store: secret.store.as_str(),
                    keys: secret
                        .keys
                        .iter()
                        .map(|key| Key {
                            key: key.key.as_str(),
                            remote: &key.remote,
                            property: key.property.as_deref(),
                        })
                        .collect(),
                    remotes: remotes
                        .into_iter()
                        .map(|remote| Remote { name: shell::word(remote), json: properties(remote) })
                        .collect(),
                }
            })
            .collect()
    }
}

impl<'a> External<'a> {
    pub(super) fn all(environment: &'a Environment) -> Vec<Self> {
        environment
            .externals
            .iter()
            .map(|external| {
                let kind = external.value.kind;
                Self {
                    kind: kind.as_str(),
                    resource: kind.as_str().to_ascii_lowercase(),
                    name: external.value.name.as_str(),
                    keys: external.value.keys.iter().map(|key| key.as_str()).collect(),
                    is_secret: kind == ExternalKind::Secret,
                    is_namespaced: kind.is_namespaced(),
                }
            })
            .collect()
    }
}
