//! What runs: apps that serve HTTP, workers, singletons, jobs and cron jobs. What they share is said once.

mod app;
mod background;
mod container;
mod job;
mod scaled;

pub use app::{App, AppHandle, Serving};
pub use background::{Alone, Background, Singleton, Worker};
pub(crate) use job::RunsToEnd;
pub use job::{Concurrency, CronJob, Job, Once, Scheduled};
pub(crate) use scaled::Scaled;

use super::account::ServiceAccount;
use super::image::Image;
use super::network::{Caller, Dependency};
use super::policies::PriorityHandle;
use super::probes::Probes;
use super::problem::Problems;
use super::quantity::{DnsLabel, Input, LabelKey, Port, PortName};
use super::resources::Resources;
use super::rollout::{Drain, Spread};
use super::variables::{GivenContract, Variable};
use super::volumes::Mount;
use crate::origin::{Chosen, Origin};

/// Something that runs. `K` says how: [`App`], [`Worker`], [`Singleton`], [`Job`], [`CronJob`].
#[derive(Clone, Debug)]
pub struct Workload<K> {
    pub(crate) base: Base,
    pub(crate) kind: K,
}

/// What every workload says.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) name: DnsLabel,
    pub(crate) origin: Origin,
    /// `app.kubernetes.io/component`.
    pub(crate) component: &'static str,
    pub(crate) image: Option<Chosen<Image>>,
    pub(crate) command: Option<Chosen<Vec<String>>>,
    pub(crate) arguments: Option<Chosen<Vec<String>>>,
    pub(crate) ports: Vec<Chosen<NamedPort>>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) contract: Option<GivenContract>,
    pub(crate) probes: Probes,
    pub(crate) resources: Resources,
    pub(crate) drain: Chosen<Drain>,
    pub(crate) spread: Chosen<Spread>,
    pub(crate) priority: Option<Chosen<PriorityHandle>>,
    pub(crate) mounts: Vec<Chosen<Mount>>,
    pub(crate) account: Chosen<ServiceAccount>,
    pub(crate) user: Chosen<u32>,
    pub(crate) writable_root: Option<Chosen<String>>,
    pub(crate) calls: Vec<Chosen<Dependency>>,
    pub(crate) callers: Vec<Chosen<(Caller, Port)>>,
    pub(crate) annotations: Vec<Chosen<(LabelKey, String)>>,
    pub(crate) waivers: Vec<Waiver>,
    pub(crate) problems: Problems,
}

/// A port by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedPort {
    pub(crate) name: PortName,
    pub(crate) port: Port,
}

/// A rule that one workload breaks on purpose.
#[derive(Clone, Debug)]
pub(crate) struct Waiver {
    pub(crate) rule: String,
    pub(crate) reason: String,
    pub(crate) origin: Origin,
}

impl Base {
    /// Nobody in particular: the user of distroless images, free on every node.
    const USER: u32 = 65_532;

    #[track_caller]
    fn new(name: impl Input<DnsLabel>, component: &'static str) -> Self {
        let mut problems = Problems::default();
        let name = problems.take("name", name).map_or(crate::name!("unnamed"), |name| name.value);
        Self {
            name,
            origin: Origin::here(),
            component,
            image: None,
            command: None,
            arguments: None,
            ports: Vec::new(),
            variables: Vec::new(),
            contract: None,
            probes: Probes::default(),
            resources: Resources::default(),
            drain: Chosen::default(
                Drain::default(),
                "5 s for Services to forget the Pod, then 20 s to finish",
            ),
            spread: Chosen::default(
                Spread::Preferred,
                "evenly over zones and nodes, so that the loss of one is not the loss of all",
            ),
            priority: None,
            mounts: Vec::new(),
            account: Chosen::default(
                ServiceAccount::default(),
                "an account of its own, which may do nothing",
            ),
            user: Chosen::default(Self::USER, "a user that no node has, so that an escape is nobody"),
            writable_root: None,
            calls: Vec::new(),
            callers: Vec::new(),
            annotations: Vec::new(),
            waivers: Vec::new(),
            problems,
        }
    }

    /// What it calls, each once, at the first place that says so.
    pub(crate) fn distinct_calls(&self) -> Vec<&Chosen<Dependency>> {
        let mut calls: Vec<&Chosen<Dependency>> = Vec::new();
        for call in &self.calls {
            if !calls.iter().any(|known| known.value == call.value) {
                calls.push(call);
            }
        }
        calls
    }

    /// Takes over what a program needs to run, and nothing of how it is served.
    fn inherit(&mut self, other: &Self) {
        self.image.clone_from(&other.image);
        self.command.clone_from(&other.command);
        self.variables.clone_from(&other.variables);
        self.contract.clone_from(&other.contract);
        self.mounts.clone_from(&other.mounts);
        self.calls.clone_from(&other.calls);
        self.user = other.user.clone();
        self.resources = other.resources.clone();
    }

    /// Says that all of it follows from something else, which somebody wrote: a database, not its StatefulSet.
    pub(crate) fn adopt(&mut self, origin: &Origin) {
        let derived = origin.derived("what the database needs");
        self.origin = derived.clone();
        let resources = &mut self.resources;
        resources.cpu_request.origin = derived.clone();
        resources.memory_request.origin = derived.clone();
        resources.cpu_limit.iter_mut().for_each(|limit| limit.origin = derived.clone());
        resources.memory_limit.iter_mut().for_each(|limit| limit.origin = derived.clone());
        let probes = &mut self.probes;
        let chosen = [&mut probes.start, &mut probes.live, &mut probes.ready];
        chosen.into_iter().flatten().for_each(|probe| probe.origin = derived.clone());
        self.image.iter_mut().for_each(|image| image.origin = derived.clone());
        self.command.iter_mut().for_each(|command| command.origin = derived.clone());
        self.arguments.iter_mut().for_each(|arguments| arguments.origin = derived.clone());
        self.ports.iter_mut().for_each(|port| port.origin = derived.clone());
        self.variables.iter_mut().for_each(|variable| variable.origin = derived.clone());
        self.mounts.iter_mut().for_each(|mount| mount.origin = derived.clone());
        self.calls.iter_mut().for_each(|call| call.origin = derived.clone());
        self.drain.origin = derived.clone();
        self.user.origin = derived;
    }
}

impl<K> Workload<K> {
    #[track_caller]
    fn of(name: impl Input<DnsLabel>, component: &'static str, kind: K) -> Self {
        Self { base: Base::new(name, component), kind }
    }
}
