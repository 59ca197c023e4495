//! Who calls whom: from these the network policies follow.

use super::quantity::{Cidr, DnsLabel, HostName, Port};

/// A path that a workload needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dependency {
    /// To Pods of this environment.
    Workload {
        /// The workload's name.
        name: DnsLabel,
        /// The port that its Pods listen on.
        port: Port,
    },
    /// To a host outside the cluster.
    Host {
        /// Its name.
        host: HostName,
        /// The TCP port that it listens on.
        port: Port,
        /// The addresses that it may have, since a network policy knows no names; any address when not given.
        network: Option<Cidr>,
    },
    /// To the Kubernetes API server.
    KubernetesApi,
}

/// What a workload can depend on.
pub trait Callee {
    /// The paths that calling it takes.
    fn dependencies(&self) -> Vec<Dependency>;
}

/// The Kubernetes API server, for programs that ask it.
#[derive(Clone, Copy, Debug)]
pub struct KubernetesApi;

impl Callee for KubernetesApi {
    fn dependencies(&self) -> Vec<Dependency> {
        vec![Dependency::KubernetesApi]
    }
}

/// A host outside the cluster, such as a mail provider's API.
#[derive(Clone, Debug)]
pub struct Remote {
    host: HostName,
    port: Port,
    network: Option<Cidr>,
}

impl Remote {
    /// A host and the TCP port that it listens on.
    #[must_use]
    pub const fn new(host: HostName, port: Port) -> Self {
        Self { host, port, network: None }
    }

    /// The addresses that it may have.
    #[must_use]
    pub fn within(mut self, network: Cidr) -> Self {
        self.network = Some(network);
        self
    }
}

impl Callee for Remote {
    fn dependencies(&self) -> Vec<Dependency> {
        vec![Dependency::Host { host: self.host.clone(), port: self.port, network: self.network.clone() }]
    }
}

/// Pods of another namespace that may call, such as a metrics scraper.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(crate) namespace: DnsLabel,
    pub(crate) labels: Vec<(String, String)>,
}

impl Caller {
    /// Every Pod of a namespace.
    #[must_use]
    pub const fn namespace(namespace: DnsLabel) -> Self {
        Self { namespace, labels: Vec::new() }
    }

    /// Only Pods with this label.
    #[must_use]
    pub fn labelled(mut self, key: super::quantity::LabelKey, value: super::quantity::LabelValue) -> Self {
        self.labels.push((key.as_str().to_owned(), value.as_str().to_owned()));
        self
    }
}
