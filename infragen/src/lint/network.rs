//! What NetworkPolicies let through, as the API's documentation says it.

use std::net::IpAddr;

use super::graph::Graph;
use super::selector::Selector;
use super::view::{Object, Workload};
use crate::node::{Field, Node, Value};

/// Which way a connection is opened, as its policies see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Into the Pods that a policy selects.
    Ingress,
    /// Out of them.
    Egress,
}

impl Direction {
    /// Its name among `policyTypes`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }

    /// The field of its rules.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }

    const fn peers(self) -> &'static str {
        match self {
            Self::Ingress => "from",
            Self::Egress => "to",
        }
    }
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub enum Peer<'a> {
    /// The Pods of a workload.
    Pods(&'a Workload<'a>),
    /// A host outside of the cluster; its address, when its name is one.
    Outside(Option<IpAddr>),
    /// The cluster's name server: Pods labelled `k8s-app: kube-dns` in `kube-system`.
    NameServer,
}

/// A port at the callee's end.
#[derive(Clone, Copy, Debug)]
pub struct Port<'a> {
    /// `TCP` or `UDP`.
    pub protocol: &'static str,
    /// Its number.
    pub number: u16,
    /// Who listens, for ports that policies name.
    pub listener: Option<&'a Workload<'a>>,
}

impl<'a> Graph<'a> {
    /// The policies that isolate the workload's Pods in this direction; when there are none, everything passes.
    pub fn isolating<'g>(
        &'g self,
        workload: &'g Workload<'_>,
        direction: Direction,
    ) -> impl Iterator<Item = &'g Object<'a>> {
        self.of_kind("NetworkPolicy").filter(move |policy| {
            workload.shares_namespace(policy.namespace)
                && isolates(policy, direction)
                && policy
                    .at(&["spec", "podSelector"])
                    .is_none_or(|node| Selector::new(node).takes(workload.pod_labels()))
        })
    }

    /// Whether some rule of the policy lets the connection through.
    #[must_use]
    pub fn lets_through(
        &self,
        policy: &Object<'_>,
        direction: Direction,
        peer: Peer<'_>,
        port: Port<'_>,
    ) -> bool {
        let rules = policy.at(&["spec", direction.field()]).map_or(&[][..], Node::items);
        rules.iter().any(|rule| {
            let peers = rule.get(direction.peers()).map_or(&[][..], Node::items);
            let ports = rule.get("ports").map_or(&[][..], Node::items);
            (peers.is_empty() || peers.iter().any(|node| self.is_meant(policy, node, peer)))
                && (ports.is_empty() || ports.iter().any(|node| port.is_meant(node)))
        })
    }

    fn is_meant(&self, policy: &Object<'_>, node: &Node, peer: Peer<'_>) -> bool {
        if let Some(block) = node.get("ipBlock") {
            return match peer {
                Peer::Outside(Some(address)) => block_holds(block, address),
                // Which address a name will have, or a name server outside of the Pods' network, nobody says.
                Peer::Outside(None) | Peer::NameServer => true,
                Peer::Pods(_) => matches!(block.text_at(&["cidr"]), Some("0.0.0.0/0" | "::/0")),
            };
        }
        let namespaces = node.get("namespaceSelector").map(Selector::new);
        let pods = node.get("podSelector").map(Selector::new);
        match peer {
            Peer::Pods(workload) => {
                let is_near = match namespaces {
                    Some(selector) => selector.takes(Some(&self.namespace_labels(workload.namespace))),
                    None => workload.shares_namespace(policy.namespace),
                };
                is_near && pods.is_none_or(|selector| selector.takes(workload.pod_labels()))
            }
            Peer::NameServer => {
                namespaces
                    .is_some_and(|selector| selector.may_take("kubernetes.io/metadata.name", "kube-system"))
                    && pods.is_none_or(|selector| selector.may_take("k8s-app", "kube-dns"))
            }
            Peer::Outside(_) => false,
        }
    }

    /// The labels of a namespace, with the one that the API server gives to each.
    fn namespace_labels(&self, name: Option<&str>) -> Node {
        let namespace = self.of_kind("Namespace").find(|namespace| Some(namespace.name) == name);
        let labels = namespace.and_then(|namespace| namespace.at(&["metadata", "labels"]));
        let mut fields = labels.map_or(&[][..], Node::fields).to_vec();
        let name = Node::new(Value::String(name.unwrap_or_default().into()));
        fields.push(Field::new("kubernetes.io/metadata.name", name));
        Node::new(Value::Mapping(fields.into()))
    }
}

fn isolates(policy: &Object<'_>, direction: Direction) -> bool {
    match policy.at(&["spec", "policyTypes"]) {
        Some(types) => types.items().iter().any(|node| node.as_str() == Some(direction.name())),
        None => direction == Direction::Ingress || policy.at(&["spec", "egress"]).is_some(),
    }
}

impl Port<'_> {
    fn is_meant(self, node: &Node) -> bool {
        let number = i64::from(self.number);
        node.text_at(&["protocol"]).unwrap_or("TCP") == self.protocol
            && match node.get("port").map(|port| &port.value) {
                None => true,
                Some(Value::Integer(first)) => {
                    let last = node.get("endPort").and_then(Node::as_i64).unwrap_or(*first);
                    (*first..=last).contains(&number)
                }
                Some(Value::String(name)) => {
                    self.listener.is_none_or(|listener| self.is_named(listener, name))
                }
                Some(_) => false,
            }
    }

    fn is_named(self, listener: &Workload<'_>, name: &str) -> bool {
        listener.containers().flat_map(|container| container.items("ports")).any(|port| {
            port.text_at(&["name"]) == Some(name)
                && port.get("containerPort").and_then(Node::as_i64) == Some(self.number.into())
        })
    }
}

fn block_holds(block: &Node, address: IpAddr) -> bool {
    let except = block.get("except").map_or(&[][..], Node::items);
    block.text_at(&["cidr"]).is_some_and(|cidr| cidr_holds(cidr, address))
        && !except.iter().filter_map(Node::as_str).any(|cidr| cidr_holds(cidr, address))
}

fn cidr_holds(cidr: &str, address: IpAddr) -> bool {
    let Some((network, length)) = cidr.split_once('/') else { return false };
    let (Ok(network), Ok(length)) = (network.parse::<IpAddr>(), length.parse::<u32>()) else { return false };
    let prefix = |bits: u128, width: u32| bits.checked_shr(width.saturating_sub(length)).unwrap_or(0);
    match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => prefix(a.to_bits().into(), 32) == prefix(b.to_bits().into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => prefix(a.to_bits(), 128) == prefix(b.to_bits(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::cidr_holds;

    #[test]
    fn a_block_holds_its_addresses() {
        let cases = [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("0.0.0.0/0", "11.0.0.1", true),
            ("10.0.0.7/32", "10.0.0.7", true),
            ("10.0.0.7/32", "10.0.0.6", false),
            ("::/0", "fd00::1", true),
            ("fd00::/8", "fe00::1", false),
            ("::/0", "10.0.0.1", false),
            ("10.0.0.0", "10.0.0.0", false),
            ("nonsense/8", "10.0.0.0", false),
        ];
        for (cidr, address, expected) in cases {
            assert_eq!(cidr_holds(cidr, address.parse().unwrap()), expected, "{cidr} {address}");
        }
    }
}
