//! What the commands of a pipeline may name of the environment that it deploys.

use serde::Serialize;

use crate::spec::quantity::{DnsLabel, KubernetesVersion, Region};

/// The environment that a pipeline deploys.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its name, as `infragen render` takes it.
    pub environment: String,
    /// The namespace that its objects are in.
    pub namespace: DnsLabel,
    /// Where it runs.
    pub cluster: TargetCluster,
    /// The minor version of the cluster's API server.
    pub kubernetes: KubernetesVersion,
    /// What a deployment waits for, and rolls back.
    pub workloads: Vec<TargetWorkload>,
    /// The committed folder, relative to the top of the source: `generated/prod`.
    pub folder: String,
    /// The folder of its objects, relative to the folder that `infragen render --out` is given: `prod/kubernetes`.
    pub manifests: String,
}

/// Where an environment runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetCluster {
    /// An EKS cluster of the pipeline's account.
    Eks {
        /// Its name.
        name: DnsLabel,
        /// Where it is.
        region: Region,
    },
    /// Any other; the build gets a kubeconfig as `KUBECONFIG_TEXT`.
    Any {
        /// The context's name in the kubeconfig.
        context: DnsLabel,
    },
}

/// A workload that a deployment waits for.
#[derive(Clone, Debug, Serialize)]
pub struct TargetWorkload {
    /// Its kind.
    pub kind: WorkloadKind,
    /// Its name.
    pub name: String,
    /// How long its rollout, or its run, may take, in seconds.
    pub timeout: u32,
}

/// The kinds that can be waited for, as kubectl names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the name of a kind")]
pub enum WorkloadKind {
    Deployment,
    StatefulSet,
    DaemonSet,
    Job,
}
