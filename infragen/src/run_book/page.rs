//! All that the template may name.

use serde::Serialize;

use super::claims::Claim;
use super::cluster::Cluster;
use super::graph::Graph;
use super::ingresses::Ingress;
use super::needs::{self, Need};
use super::release::{Deployment, Release};
use super::secrets::{External, Fetched};
use super::servers::Server;
use super::workloads::{Workload, replicas};
use crate::settings::Settings;
use crate::spec::{Environment, Runs};

/// The run book's values.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    /// The environment's name, as the command line takes it.
    environment: &'a str,
    /// The committed folder, from the top of the source.
    folder: String,
    namespace: &'a str,
    cluster: Cluster<'a>,
    account: Option<String>,
    /// Owner, cost centre and the like: a label's name without its prefix, and its value.
    labels: Vec<(&'a str, &'a str)>,
    pod_security: &'static str,
    has_quota: bool,
    has_variables: bool,
    has_stateful_set: bool,
    /// Whether the number of some workload's Pods can be changed by hand.
    can_scale: bool,
    /// What the cluster must hold already.
    needs: Vec<Need>,
    fetched: Vec<Fetched<'a>>,
    externals: Vec<External<'a>>,
    workloads: Vec<Workload<'a>>,
    claims: Vec<Claim>,
    ingresses: Vec<Ingress<'a>>,
    graph: Graph,
    servers: Vec<Server<'a>>,
    releases: Vec<Release<'a>>,
    deployment: Option<Deployment>,
}

impl<'a> Page<'a> {
    pub(super) fn of(environment: &'a Environment, settings: &Settings) -> Self {
        let name = environment.name().as_str();
        let runs = || environment.contents.workloads.iter();
        let given = settings.account.as_ref().or(environment.account.as_ref().map(|account| &account.value));
        Self {
            environment: name,
            folder: format!("generated/{name}"),
            namespace: environment.namespace.value.as_str(),
            cluster: Cluster::of(&environment.cluster),
            account: given.map(ToString::to_string),
            labels: environment
                .labels
                .iter()
                .map(|label| {
                    let key = label.value.0.as_str();
                    (key.rsplit('/').next().unwrap_or(key), label.value.1.as_str())
                })
                .collect(),
            pod_security: environment.pod_security.value.as_str(),
            has_quota: environment.quota.is_some(),
            has_variables: runs().any(|workload| !workload.base().variables.is_empty()),
            has_stateful_set: runs().any(|workload| matches!(workload, Runs::Singleton(_))),
            can_scale: runs().any(|workload| replicas(workload).is_some()),
            needs: needs::of(environment),
            fetched: Fetched::all(environment),
            externals: External::all(environment),
            workloads: Workload::all(environment, settings),
            claims: Claim::all(environment),
            ingresses: Ingress::all(environment),
            graph: Graph::of(environment),
            servers: Server::all(environment),
            releases: Release::all(environment, settings),
            deployment: Deployment::of(environment),
        }
    }

    pub(super) const fn namespace(&self) -> &str {
        self.namespace
    }
}
