//! Where the environment runs.

use serde::Serialize;

use crate::spec;

/// The cluster.
#[derive(Serialize)]
pub(super) struct Cluster<'a> {
    /// On EKS the cluster's name; elsewhere the name of its context. Both times it is what kubectl calls it.
    name: String,
    /// Only on EKS.
    region: Option<&'a str>,
    kubernetes: Option<String>,
    /// Each node pool in words.
    nodes: Vec<String>,
}

impl<'a> Cluster<'a> {
    pub(super) fn of(cluster: &'a spec::Cluster) -> Self {
        Self {
            name: cluster.name(),
            region: cluster.region().map(|region| region.as_str()),
            kubernetes: cluster.kubernetes.as_ref().map(|version| version.value.to_string()),
            nodes: cluster.node_pools.iter().map(pool).collect(),
        }
    }
}

fn pool(pool: &spec::NodePool) -> String {
    let (least, most) = (pool.nodes.start(), pool.nodes.end());
    let how_many = if least == most { least.to_string() } else { format!("{least} to {most}") };
    let what = pool.instance.as_ref().map_or("machines", |instance| instance.value.as_str());
    let size = pool
        .capacity
        .as_ref()
        .map(|(cpu, memory)| format!(" with {cpu} CPU and {memory} each"))
        .unwrap_or_default();
    format!("{}: {how_many} × {what}{size}", pool.name.value)
}
