//! An environment as Kubernetes objects, through k8s-openapi's types. One file a kind; nothing here reads or writes files.

mod cluster_role;
mod config_map;
mod context;
mod cron_job;
mod deployment;
mod external_secret;
mod extra;
mod facts;
mod horizontal_pod_autoscaler;
mod ingress;
mod job;
mod limit_range;
mod namespace;
mod network_policy;
mod objects;
mod persistent_volume;
mod persistent_volume_claim;
mod pod;
mod pod_disruption_budget;
mod priority_class;
mod resource_quota;
mod role;
mod secret;
mod service;
mod service_account;
mod stateful_set;

use context::Context;
use objects::Objects;
pub(crate) use objects::refusal;
pub use secret::{SecretFromInput, secret};
pub use service::balancer_name;

use crate::bundle::{Document, Facts};
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::spec::Environment;
use crate::spec::pipeline::Registry;

/// Every kind, in the order in which objects must be applied.
const KINDS: &[fn(&Context<'_>, &mut Objects)] = &[
    namespace::render,
    priority_class::render,
    resource_quota::render,
    limit_range::render,
    network_policy::render,
    service_account::render,
    role::render,
    cluster_role::render,
    config_map::render,
    external_secret::render,
    persistent_volume::render,
    persistent_volume_claim::render,
    service::render,
    stateful_set::render,
    deployment::render,
    job::render,
    cron_job::render,
    horizontal_pod_autoscaler::render,
    pod_disruption_budget::render,
    ingress::render,
    extra::render,
];

/// The objects of an environment, what could not be rendered, and what rules need to know besides.
#[must_use]
pub fn render(environment: &Environment, settings: &Settings) -> (Vec<Document>, Vec<Diagnostic>, Facts) {
    let context = Context::new(environment, settings);
    let mut objects = Objects::default();
    for kind in KINDS {
        kind(&context, &mut objects);
    }
    let facts = facts::facts(&context);
    (objects.documents, objects.diagnostics, facts)
}

/// What rules need to know of an environment besides its objects.
#[must_use]
pub fn facts(environment: &Environment, settings: &Settings) -> Facts {
    facts::facts(&Context::new(environment, settings))
}

/// A registry, in the account that the run says where it is the environment's own.
#[must_use]
pub fn registry(environment: &Environment, settings: &Settings, registry: &Registry) -> Registry {
    Context::new(environment, settings).registry(registry)
}

/// What a workload became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedWorkload {
    /// The object's kind.
    pub kind: &'static str,
    /// The object's name; a Job's without the hash of what it does.
    pub name: String,
    /// The object's whole name in this render.
    pub object: String,
    /// The image that its container runs.
    pub image: String,
    /// How long its rollout or its run may take, in seconds.
    pub deadline: u32,
}

impl RenderedWorkload {
    /// How long to wait for it, in seconds: a minute longer than it may take, so that Kubernetes says first what failed.
    #[must_use]
    pub const fn timeout(&self) -> u32 {
        self.deadline + 60
    }
}

/// What each workload of an environment becomes.
#[must_use]
pub fn workloads(environment: &Environment, settings: &Settings) -> Vec<RenderedWorkload> {
    let context = Context::new(environment, settings);
    let rendered = context.workloads().map(|workload| RenderedWorkload {
        kind: workload.object_kind(),
        name: workload.base().name.to_string(),
        object: context.object_name(workload),
        image: context.image(workload.base()).value,
        deadline: workload.deadline(),
    });
    rendered.collect()
}
