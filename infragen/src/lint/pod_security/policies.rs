//! Which policy is in force for each object of a bundle.

use std::collections::HashMap;

use super::{Level, Policy, Version};
use crate::bundle::Bundle;
use crate::lint::Options;
use crate::lint::view::Object;
use crate::node::Node;

/// Which policy is in force for each object of a bundle.
#[derive(Debug)]
pub(in crate::lint) struct Policies<'a> {
    /// The versions of the API servers that are meant; at least one.
    servers: Vec<Version>,
    /// By the run's options, for every object.
    given: Option<Level>,
    /// By the labels of the bundle's Namespaces.
    by_namespace: HashMap<&'a str, Policy>,
}

impl<'a> Policies<'a> {
    /// The options' level, or else those of the Namespaces, which an environment's bundle always has.
    ///
    /// The servers' versions are the options', or else the environment's, or else newer than all that have a number.
    pub(in crate::lint) fn new(bundle: &'a Bundle, options: &Options) -> Self {
        let mut servers: Vec<_> = match &options.kubernetes[..] {
            [] => bundle.facts.kubernetes.into_iter().collect(),
            given => given.to_vec(),
        }
        .into_iter()
        .map(|(_, minor)| Version::minor(minor))
        .collect();
        if servers.is_empty() {
            servers.push(Version::LATEST);
        }
        let namespaces = bundle.objects().filter(|(_, node)| {
            node.text_at(&["kind"]) == Some("Namespace") && node.text_at(&["apiVersion"]) == Some("v1")
        });
        let labelled = namespaces.filter_map(|(_, node): (_, &'a Node)| {
            let policy = Policy::from_labels(node.at(&["metadata", "labels"])?)?;
            Some((node.text_at(&["metadata", "name"])?, policy))
        });
        Self { servers, given: options.pod_security, by_namespace: labelled.collect() }
    }

    /// What the Pods of this object are held to by each server, each once: to nothing where no level is known.
    ///
    /// An object that names no namespace is applied to `default`, unless somebody says otherwise who is not heard here.
    pub(in crate::lint) fn of(&self, object: &Object<'_>) -> Vec<Policy> {
        let nothing = Policy { level: self.given.unwrap_or(Level::Privileged), version: Version::LATEST };
        let labelled = self.by_namespace.get(object.namespace.unwrap_or("default")).copied();
        let policy = labelled.filter(|_| self.given.is_none()).unwrap_or(nothing);
        let mut policies: Vec<_> = self.servers.iter().map(|server| policy.judged_by(*server)).collect();
        policies.sort_unstable_by_key(|policy| policy.version);
        policies.dedup();
        policies
    }
}
