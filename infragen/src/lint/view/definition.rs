//! The schemas that a CustomResourceDefinition gives.

use super::Object;
use crate::node::{FieldPath, Node};

/// The schema of each version, with the way to it; none of a definition of the first API version, which had one schema
/// for all versions.
pub(in crate::lint) fn schemas<'a>(object: &Object<'a>) -> impl Iterator<Item = (FieldPath, &'a Node)> {
    const PLACE: [&str; 2] = ["schema", "openAPIV3Schema"];
    let versions =
        object.at(&["spec", "versions"]).filter(|_| object.api_version == "apiextensions.k8s.io/v1");
    let path = object.path(&["spec", "versions"]);
    let versions = versions.map_or(&[][..], Node::items).iter().enumerate();
    versions.filter_map(move |(index, version)| Some((path.index(index).fields(&PLACE), version.at(&PLACE)?)))
}
