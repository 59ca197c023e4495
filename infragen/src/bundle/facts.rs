//! What no document says and rules need to know: what lives elsewhere, what a program reads, what the cluster can hold.

use std::sync::Arc;

use super::Document;
use crate::origin::Origin;

/// What is known about a bundle beyond its documents.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The cluster's minor version, such as `(1, 34)`.
    pub kubernetes: Option<(u32, u32)>,
    /// Objects that exist already, made by somebody else.
    pub externals: Vec<External>,
    /// What programs read from their variables.
    pub contracts: Vec<Contract>,
    /// The paths that the environment declares: who must reach whom.
    pub connections: Vec<Connection>,
    /// What the cluster's nodes can hold.
    pub capacity: Option<Capacity>,
    /// What somebody decided to leave as it is.
    pub waivers: Vec<Waiver>,
    /// What is applied now, where somebody says it.
    pub applied: Arc<[Document]>,
}

/// An object that lives elsewhere, so that a reference to it does not dangle.
#[derive(Clone, Debug)]
pub struct External {
    /// Its kind, such as `Secret`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its keys, for a Secret or a ConfigMap.
    pub keys: Vec<String>,
    /// Where it was declared.
    pub origin: Origin,
}

/// What the program in one container reads from its variables.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The workload's kind, such as `Deployment`.
    pub kind: String,
    /// The workload's name.
    pub workload: String,
    /// The container's name.
    pub container: String,
    /// Every variable that the program knows.
    pub variables: Vec<ReadVariable>,
    /// Where the contract was given.
    pub origin: Origin,
}

/// One variable that a program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadVariable {
    /// Its name.
    pub name: String,
    /// Whether the program refuses to start without it.
    pub required: bool,
    /// Whether it holds a secret, which no ConfigMap may.
    pub secret: bool,
}

/// A path that the environment declares.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Who calls: the value of `app.kubernetes.io/name` on its Pods.
    pub from: String,
    /// Who is called.
    pub to: Endpoint,
    /// The TCP port that the callee's Pods, or the host outside, listen on.
    pub port: u16,
    /// Where it was declared.
    pub origin: Origin,
}

/// The far end of a [`Connection`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Pods of the same namespace with this `app.kubernetes.io/name`.
    Workload(String),
    /// A host outside the cluster.
    Host(String),
}

/// What the nodes that the cluster may grow to can hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Processor time, in thousandths of a core.
    pub millicores: u64,
    /// Memory, in bytes.
    pub bytes: u64,
    /// The most nodes that there can be.
    pub nodes: u32,
    /// Where the node pools were given.
    pub origin: Origin,
}

/// A diagnostic that somebody decided to live with.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule's name.
    pub rule: String,
    /// Which object: `Kind/name`, or every one.
    pub object: Option<String>,
    /// Why. Never empty.
    pub reason: String,
    /// Where it was given.
    pub origin: Origin,
}
