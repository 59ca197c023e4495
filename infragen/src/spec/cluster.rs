//! Where an environment runs: a cluster, its version, and what its nodes can hold.

use std::ops::RangeInclusive;

use super::problem::Problems;
use super::quantity::{Cidr, Cpu, DnsLabel, Input, InstanceType, KubernetesVersion, Memory, Region};
use crate::origin::Chosen;

/// Who runs the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Amazon EKS, in a region.
    Eks {
        /// Where it is.
        region: Region,
    },
    /// Any other: kind, k3s, a company's own.
    Any,
}

/// A Kubernetes cluster that exists already.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub(crate) name: Option<Chosen<DnsLabel>>,
    pub(crate) provider: Provider,
    pub(crate) kubernetes: Option<Chosen<KubernetesVersion>>,
    pub(crate) node_pools: Vec<NodePool>,
    pub(crate) network: Option<Chosen<Cidr>>,
    pub(crate) problems: Problems,
}

/// Nodes of one kind, between a least and a most.
#[derive(Clone, Debug)]
pub struct NodePool {
    pub(crate) name: Chosen<DnsLabel>,
    pub(crate) instance: Option<Chosen<InstanceType>>,
    pub(crate) capacity: Option<(Cpu, Memory)>,
    pub(crate) nodes: RangeInclusive<u32>,
}

impl Cluster {
    /// An EKS cluster, by the name that `aws eks update-kubeconfig` takes.
    #[must_use]
    #[track_caller]
    pub fn eks(name: impl Input<DnsLabel>, region: impl Input<Region>) -> Self {
        let mut problems = Problems::default();
        let name = problems.take("cluster.name", name);
        let region = problems.take("cluster.region", region);
        let provider = region.map_or(Provider::Any, |region| Provider::Eks { region: region.value });
        Self { name, provider, kubernetes: None, node_pools: Vec::new(), network: None, problems }
    }

    /// Any cluster, by the name of its context in kubeconfig.
    #[must_use]
    #[track_caller]
    pub fn any(name: impl Input<DnsLabel>) -> Self {
        let mut problems = Problems::default();
        let name = problems.take("cluster.name", name);
        Self {
            name,
            provider: Provider::Any,
            kubernetes: None,
            node_pools: Vec::new(),
            network: None,
            problems,
        }
    }

    /// The minor version that the API server runs.
    #[must_use]
    #[track_caller]
    pub fn kubernetes(mut self, version: impl Input<KubernetesVersion>) -> Self {
        self.kubernetes = self.problems.take("cluster.kubernetes", version).or(self.kubernetes);
        self
    }

    /// Nodes of one EC2 instance type, from the least to the most that the autoscaler may start.
    #[must_use]
    #[track_caller]
    pub fn nodes(
        mut self,
        name: impl Input<DnsLabel>,
        instance: impl Input<InstanceType>,
        nodes: RangeInclusive<u32>,
    ) -> Self {
        self.check_bounds(&nodes);
        let name = self.problems.take("cluster.nodes", name);
        let instance = self.problems.take("cluster.nodes", instance);
        if let (Some(name), Some(instance)) = (name, instance) {
            let capacity = instance.value.capacity();
            self.node_pools.push(NodePool { name, instance: Some(instance), capacity, nodes });
        }
        self
    }

    /// Nodes of a given size that are no EC2 instances.
    #[must_use]
    #[track_caller]
    pub fn machines(
        mut self,
        name: impl Input<DnsLabel>,
        cpu: impl Input<Cpu>,
        memory: impl Input<Memory>,
        nodes: RangeInclusive<u32>,
    ) -> Self {
        self.check_bounds(&nodes);
        let name = self.problems.take("cluster.machines", name);
        let cpu = self.problems.take("cluster.machines", cpu);
        let memory = self.problems.take("cluster.machines", memory);
        if let (Some(name), Some(cpu), Some(memory)) = (name, cpu, memory) {
            let capacity = Some((cpu.value, memory.value));
            self.node_pools.push(NodePool { name, instance: None, capacity, nodes });
        }
        self
    }

    /// The addresses of the cluster's network (on EKS, of its VPC): what load balancers and databases in it call from.
    #[must_use]
    #[track_caller]
    pub fn network(mut self, cidr: impl Input<Cidr>) -> Self {
        self.network = self.problems.take("cluster.network", cidr).or(self.network);
        self
    }

    #[track_caller]
    fn check_bounds(&mut self, nodes: &RangeInclusive<u32>) {
        if nodes.is_empty() || *nodes.end() == 0 {
            self.problems.note(
                "cluster.nodes",
                format!("the bounds {}..={} hold no node", nodes.start(), nodes.end()),
                "write the least first and the most last, such as `2..=6`".to_owned(),
            );
        }
    }

    pub(crate) fn name(&self) -> String {
        self.name.as_ref().map(|name| name.value.to_string()).unwrap_or_default()
    }

    pub(crate) const fn region(&self) -> Option<&Region> {
        match &self.provider {
            Provider::Eks { region } => Some(region),
            Provider::Any => None,
        }
    }
}
