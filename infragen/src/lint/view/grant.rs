//! What a role grants.

use super::Object;
use crate::node::{FieldPath, Node};

/// One of the rules of a Role or a ClusterRole.
#[derive(Clone, Debug)]
pub struct Grant<'a> {
    /// The way to it.
    pub path: FieldPath,
    /// Its root.
    node: &'a Node,
}

/// The rules of a Role or a ClusterRole.
pub fn grants<'a>(role: &Object<'a>) -> impl Iterator<Item = Grant<'a>> {
    let path = role.path(&["rules"]);
    let rules = role.at(&["rules"]).map_or(&[][..], Node::items);
    rules.iter().enumerate().map(move |(index, node)| Grant { path: path.index(index), node })
}

impl Grant<'_> {
    /// Whether it names one of each by its name, and is not for a few objects alone.
    ///
    /// An asterisk counts only where it is among what is asked for.
    #[must_use]
    pub fn names(&self, groups: &[&str], resources: &[&str], verbs: &[&str]) -> bool {
        let has = |list: &str, wanted: &[&str]| {
            let mut items = self.node.get(list).map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
            items.any(|item| wanted.contains(&item))
        };
        let is_narrow = self.node.get("resourceNames").is_some_and(|names| !names.items().is_empty());
        !is_narrow && has("apiGroups", groups) && has("resources", resources) && has("verbs", verbs)
    }
}
