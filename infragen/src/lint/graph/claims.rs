//! Claims on volumes, wherever they are made.

use super::{Graph, Target};
use crate::lint::view::Object;
use crate::node::Node;

impl<'a> Graph<'a> {
    /// Whether the claim exists that `from` means: by itself, elsewhere, or made from a template.
    #[must_use]
    pub fn has_claim(&self, from: &Object<'_>, name: &str) -> bool {
        let is_made = |set: &Object<'a>| set.shares_namespace(from.namespace) && makes_claim(set, name);
        !matches!(self.target(from, "PersistentVolumeClaim", name), Target::Nothing)
            // Containerized Data Importer makes a claim of the same name.
            || self.find(from, "DataVolume", name).is_some()
            || self.of_kind("StatefulSet").any(is_made)
    }

    /// Whether the claim is one that a StatefulSet makes.
    #[must_use]
    pub fn is_made_by_set(&self, claim: &Object<'_>) -> bool {
        let mut sets = self.of_kind("StatefulSet");
        sets.any(|set| set.shares_namespace(claim.namespace) && makes_claim(set, claim.name))
    }
}

/// Whether a StatefulSet makes the claim for one of its Pods: template, set and ordinal are its name.
fn makes_claim(set: &Object<'_>, name: &str) -> bool {
    let templates = set.at(&["spec", "volumeClaimTemplates"]).map_or(&[][..], Node::items);
    templates.iter().filter_map(|template| template.text_at(&["metadata", "name"])).any(|template| {
        let rest = name.strip_prefix(template).and_then(|rest| rest.strip_prefix('-'));
        let ordinal = rest.and_then(|rest| rest.strip_prefix(set.name)?.strip_prefix('-'));
        ordinal.is_some_and(|ordinal| ordinal.parse::<u32>().is_ok())
    })
}
