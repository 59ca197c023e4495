//! Secret: never part of a rendered environment; made from what a person types, for a cluster.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;

use super::context::Context;
use crate::node::{Node, NotRepresentable, to_node};
use crate::settings::Settings;
use crate::spec::Environment;

/// What `infragen secret` was given.
pub struct SecretFromInput<'i> {
    /// The Secret's name.
    pub name: &'i str,
    /// The key.
    pub key: &'i str,
    /// The value, which nothing but the object may show.
    pub value: &'i [u8],
}

/// A Secret for a cluster, with an environment's namespace and labels.
///
/// # Errors
/// Never in practice: a Secret's fields are all representable.
pub fn secret(
    environment: &Environment,
    settings: &Settings,
    input: &SecretFromInput<'_>,
) -> Result<Node, NotRepresentable> {
    let context = Context::new(environment, settings);
    let secret = Secret {
        metadata: context.metadata(input.name, context.labels()),
        type_: Some("Opaque".to_owned()),
        data: Some(BTreeMap::from([(input.key.to_owned(), ByteString(input.value.to_vec()))])),
        ..Secret::default()
    };
    to_node(&secret)
}
