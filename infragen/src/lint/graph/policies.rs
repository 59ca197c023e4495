//! NetworkPolicies, rule by rule, and the workloads that their peers are.

use super::Graph;
use crate::lint::network::Direction;
use crate::lint::selector::Selector;
use crate::lint::view::{Object, Workload};
use crate::node::{FieldPath, Node};

/// One rule of a NetworkPolicy.
#[derive(Clone, Debug)]
pub struct PolicyRule<'a> {
    /// Which way it is about.
    pub direction: Direction,
    /// The rule.
    pub node: &'a Node,
    /// The field that holds it.
    pub path: FieldPath,
}

impl<'a> PolicyRule<'a> {
    /// Its peers, each with its field.
    #[must_use]
    pub fn peers(&self) -> Vec<(&'a Node, FieldPath)> {
        let field = match self.direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        };
        let peers = self.node.get(field).map_or(&[][..], Node::items).iter().enumerate();
        peers.map(|(index, peer)| (peer, self.path.field(field).index(index))).collect()
    }
}

impl<'a> Object<'a> {
    /// The rules of a NetworkPolicy.
    #[must_use]
    pub fn policy_rules(&self) -> Vec<PolicyRule<'a>> {
        let of_direction = |direction: Direction| {
            let rules = self.at(&["spec", direction.field()]).map_or(&[][..], Node::items);
            let path = self.path(&["spec", direction.field()]);
            rules.iter().enumerate().map(move |(index, node)| PolicyRule {
                direction,
                node,
                path: path.index(index),
            })
        };
        [Direction::Ingress, Direction::Egress].into_iter().flat_map(of_direction).collect()
    }
}

impl<'a> Graph<'a> {
    /// The NetworkPolicies of Kubernetes' own groups.
    pub fn policies(&self) -> impl Iterator<Item = &Object<'a>> {
        self.of_kind("NetworkPolicy").filter(|policy| {
            ["networking.k8s.io", "extensions"].iter().any(|group| policy.is_in_group(group))
        })
    }

    /// The workloads that a peer of a policy is; none, when it may be Pods that the bundle does not show.
    #[must_use]
    pub fn pods_of_peer(&self, policy: &Object<'_>, peer: &Node) -> Option<Vec<&Workload<'a>>> {
        if peer.get("ipBlock").is_some() {
            return None;
        }
        let pods = peer.get("podSelector").map(Selector::new);
        let takes =
            |workload: &Workload<'_>| pods.is_none_or(|selector| selector.takes(workload.pod_labels()));
        let Some(namespaces) = peer.get("namespaceSelector") else {
            return Some(self.selected(policy, pods?));
        };
        let name = namespaces.text_at(&["matchLabels", "kubernetes.io/metadata.name"])?;
        let mut there =
            self.workloads().iter().filter(|workload| workload.namespace == Some(name)).peekable();
        there.peek()?;
        Some(there.filter(|workload| takes(workload)).collect())
    }
}
