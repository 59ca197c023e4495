//! Who listens where: the ports that containers declare, and how Services find them.

use crate::lint::Containers;
use crate::lint::view::{Object, Workload};
use crate::node::{Node, Value};

/// A port that a container declares.
#[derive(Clone, Copy, Debug)]
pub struct Listener<'a> {
    /// Its name, when it has one.
    pub name: Option<&'a str>,
    /// Its number.
    pub number: i64,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: &'a str,
}

/// A port of a Service.
#[derive(Clone, Copy, Debug)]
pub struct ServicePort<'a> {
    /// Its index.
    pub index: usize,
    /// Its name, when it has one.
    pub name: Option<&'a str>,
    /// Its number.
    pub number: Option<i64>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: &'a str,
    /// The port of the Pods that it leads to.
    pub target: Option<PortTarget<'a>>,
}

/// How something names a port of a Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortTarget<'a> {
    /// By a container port's name.
    Name(&'a str),
    /// By its number.
    Number(i64),
}

impl<'a> PortTarget<'a> {
    /// Reads a field that holds a name or a number.
    #[must_use]
    pub fn of(node: &'a Node) -> Option<Self> {
        match &node.value {
            Value::Integer(number) => Some(Self::Number(*number)),
            Value::String(name) => Some(Self::Name(name.as_str())),
            _ => None,
        }
    }
}

impl<'a> Workload<'a> {
    /// The ports that its containers declare, of those that go on running.
    pub fn listeners(&self) -> impl Iterator<Item = Listener<'a>> {
        let lasting = self.containers().filter(|container| container.is_among(Containers::Lasting));
        lasting.flat_map(|container| container.items("ports")).filter_map(|port| {
            Some(Listener {
                name: port.text_at(&["name"]),
                number: port.get("containerPort")?.as_i64()?,
                protocol: port.text_at(&["protocol"]).unwrap_or("TCP"),
            })
        })
    }

    /// Whether a container declares that port.
    #[must_use]
    pub fn listens_on(&self, target: PortTarget<'_>, protocol: &str) -> bool {
        self.listeners().any(|listener| {
            listener.protocol == protocol
                && match target {
                    PortTarget::Name(name) => listener.name == Some(name),
                    PortTarget::Number(number) => listener.number == number,
                }
        })
    }
}

impl<'a> Object<'a> {
    /// The ports of a Service.
    pub fn service_ports(&self) -> impl Iterator<Item = ServicePort<'a>> {
        let ports = self.at(&["spec", "ports"]).map_or(&[][..], Node::items);
        ports.iter().enumerate().map(|(index, port)| ServicePort {
            index,
            name: port.text_at(&["name"]),
            number: port.get("port").and_then(Node::as_i64),
            protocol: port.text_at(&["protocol"]).unwrap_or("TCP"),
            target: port.get("targetPort").or_else(|| port.get("port")).and_then(PortTarget::of),
        })
    }

    /// Whether a Service has no address of its own, so that its name leads to the Pods themselves.
    #[must_use]
    pub fn is_headless(&self) -> bool {
        self.node.text_at(&["spec", "clusterIP"]) == Some("None")
    }

    /// Whether a Service is nothing but another name for a host.
    #[must_use]
    pub fn is_alias(&self) -> bool {
        self.node.text_at(&["spec", "type"]) == Some("ExternalName")
    }
}

impl std::fmt::Display for PortTarget<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Number(number) => write!(formatter, "{number}"),
        }
    }
}
