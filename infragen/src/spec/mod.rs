//! The vocabulary: what an environment says, in values that cannot be wrong.
//!
//! It reads like configuration. Setters note the line that they were called on; defaults are secure and give their
//! reason; parts refer to each other by the handles that [`Environment`] gives when they are added to it.

mod account;
mod autoscaling;
mod cluster;
mod database;
mod environment;
mod exposure;
mod extra;
mod image;
mod network;
pub mod pipeline;
mod policies;
mod probes;
mod problem;
pub mod quantity;
mod resources;
mod rollout;
mod secrets;
mod variables;
mod volumes;
mod workload;

pub use account::{Access, ServiceAccount, Verb};
pub use autoscaling::{Autoscaling, Behavior, Replicas};
pub use cluster::{Cluster, NodePool, Provider};
pub use database::{
    Backup, InClusterPostgres, InClusterRedis, OutsidePostgres, OutsideRedis, Postgres, PostgresHandle,
    Redis, RedisHandle, Tls,
};
pub use environment::Environment;
pub use exposure::{Certificate, Exposure, Ingress, IngressClass, LoadBalancer};
pub use extra::ExtraManifest;
pub use image::Image;
pub use network::{Callee, Caller, Dependency, KubernetesApi, Remote};
pub use policies::{LimitRange, PodSecurity, Priority, PriorityHandle, Quota};
pub use probes::{Probe, Probes};
pub use problem::Problem;
pub use resources::Resources;
pub use rollout::{Drain, Rollout, Share, Spread};
pub use secrets::{External, ExternalHandle, ExternalKind, ExternalSecret, SecretHandle};
pub use variables::{ConfigKey, Contract, Downward, SecretKey, Text, Variable, VariableValue};
pub use volumes::{Mount, StaticVolume, Storage, Volume};
pub use workload::{
    Alone, App, AppHandle, Background, Concurrency, CronJob, Job, Once, Scheduled, Serving, Singleton,
    Worker, Workload,
};

pub(crate) use autoscaling::Target;
pub(crate) use environment::{Runs, Server};
pub(crate) use exposure::Route;
pub(crate) use probes::Question;
pub(crate) use volumes::VolumeSource;
pub(crate) use workload::{Base, NamedPort, RunsToEnd, Scaled};
