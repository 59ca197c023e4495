//! What runs: each workload as tables and commands name it.

use serde::Serialize;

use super::ingresses::Ingress;
use crate::kubernetes;
use crate::settings::Settings;
use crate::spec::{
    Downward, Environment, Exposure, NamedPort, Question, Replicas, Runs, Target, VariableValue,
};

/// A workload, as tables and commands name it.
#[derive(Serialize)]
pub(super) struct Workload<'a> {
    /// `app.kubernetes.io/name` on its Pods, and its container's name.
    name: &'a str,
    /// Its object's name, which for a Job holds a hash.
    object: String,
    kind: &'static str,
    /// Kind and name as kubectl takes them, such as `deployment/coworking`.
    target: String,
    image: String,
    /// How many there are, or when it runs, in words.
    how_many: String,
    cpu_request: String,
    memory_request: String,
    cpu_limit: Option<String>,
    memory_limit: String,
    ports: Vec<String>,
    /// Each way that leads to it, in words.
    reached_by: Vec<String>,
    balancers: Vec<Balancer>,
    variables: Vec<Variable<'a>>,
    /// Whether it has a ConfigMap of its own.
    has_config_map: bool,
    /// Its rollout can be followed and undone.
    rolls: bool,
    /// The bounds of its autoscaler.
    autoscaled: Option<(u32, u32)>,
    /// How many replicas it has by the environment's word; nothing where that is not a number.
    fixed: Option<u32>,
    /// The most Pods of it at any time.
    most_pods: u32,
    /// How long to wait for it, in seconds.
    timeout: u32,
    /// Where it says over HTTP that it may be called.
    ready: Option<Ready<'a>>,
    priority: Option<&'a str>,
}

/// A Service of type LoadBalancer.
#[derive(Serialize)]
struct Balancer {
    service: String,
    port: u16,
}

/// A question over HTTP.
#[derive(Serialize)]
struct Ready<'a> {
    path: &'a str,
    port: u16,
}

/// A variable of a container; never its value.
#[derive(Serialize)]
struct Variable<'a> {
    name: &'a str,
    from: String,
}

impl<'a> Workload<'a> {
    pub(super) fn all(environment: &'a Environment, settings: &Settings) -> Vec<Self> {
        let rendered = kubernetes::workloads(environment, settings);
        environment
            .contents
            .workloads
            .iter()
            .zip(rendered)
            .map(|(workload, rendered)| Self::of(environment, workload, rendered))
            .collect()
    }

    fn of(environment: &'a Environment, workload: &'a Runs, rendered: kubernetes::RenderedWorkload) -> Self {
        let base = workload.base();
        let resources = &base.resources;
        let balancers = balancers(workload);
        Self {
            name: base.name.as_str(),
            kind: rendered.kind,
            target: format!("{}/{}", rendered.kind.to_ascii_lowercase(), rendered.object),
            timeout: rendered.timeout(),
            object: rendered.object,
            image: rendered.image,
            how_many: how_many(workload),
            cpu_request: resources.cpu_request.value.to_string(),
            memory_request: resources.memory_request.value.to_string(),
            cpu_limit: resources.cpu_limit.as_ref().map(|cpu| cpu.value.to_string()),
            memory_limit: resources.memory_limit().value.to_string(),
            ports: base.ports.iter().map(|port| port_text(&port.value)).collect(),
            reached_by: reached_by(environment, workload, &balancers),
            balancers,
            variables: base
                .variables
                .iter()
                .map(|variable| Variable { name: variable.name.as_str(), from: from(&variable.value) })
                .collect(),
            has_config_map: base
                .variables
                .iter()
                .any(|variable| matches!(variable.value, VariableValue::Text(_))),
            rolls: matches!(workload, Runs::App(_) | Runs::Worker(_) | Runs::Singleton(_)),
            autoscaled: match replicas(workload) {
                Some(Replicas::Autoscaled(scaling)) => Some((*scaling.bounds.start(), *scaling.bounds.end())),
                _ => None,
            },
            fixed: match replicas(workload) {
                Some(Replicas::Fixed(replicas)) => Some(*replicas),
                _ => None,
            },
            most_pods: workload.most_pods(),
            ready: ready(workload),
            priority: base.priority.as_ref().map(|priority| priority.value.name.as_str()),
        }
    }
}

/// How many replicas a workload has, where that can be changed.
pub(super) fn replicas(workload: &Runs) -> Option<&Replicas> {
    workload.scaled().map(|scaled| &scaled.replicas.value)
}

/// How many there are, or when it runs.
pub(super) fn how_many(workload: &Runs) -> String {
    match (workload, replicas(workload)) {
        (Runs::Job(_), _) => "once".to_owned(),
        (Runs::CronJob(job), _) => {
            format!("at {} ({})", job.kind.schedule.value, job.kind.time_zone.value)
        }
        (_, Some(Replicas::Autoscaled(scaling))) => {
            let targets: Vec<String> = scaling.targets.iter().map(target).collect();
            let targets = if targets.is_empty() { "CPU at 70%".to_owned() } else { targets.join(", ") };
            format!("{} to {}, {targets}", scaling.bounds.start(), scaling.bounds.end())
        }
        (_, Some(Replicas::Fixed(replicas))) => replicas.to_string(),
        (_, None) => "1, never 2".to_owned(),
    }
}

fn target(target: &Target) -> String {
    match target {
        Target::Cpu(percent) => format!("CPU at {}%", percent.value()),
        Target::Memory(percent) => format!("memory at {}%", percent.value()),
        Target::ContainerCpu(container, percent) => format!("CPU of {container} at {}%", percent.value()),
        Target::ContainerMemory(container, percent) => {
            format!("memory of {container} at {}%", percent.value())
        }
        Target::Pods(metric, average) | Target::External(metric, average) => format!("{metric} at {average}"),
    }
}

fn port_text(port: &NamedPort) -> String {
    format!("{} {}", port.name, port.port.number())
}

fn balancers(workload: &Runs) -> Vec<Balancer> {
    let Runs::App(app) = workload else { return Vec::new() };
    let exposed = app.kind.exposures.iter().filter_map(|exposure| match &exposure.value {
        Exposure::LoadBalancer(balancer) => Some(balancer),
        Exposure::Ingress(_) => None,
    });
    exposed
        .enumerate()
        .map(|(index, balancer)| Balancer {
            service: kubernetes::balancer_name(&app.base.name, index),
            port: balancer.port.number(),
        })
        .collect()
}

fn reached_by(environment: &Environment, workload: &Runs, balancers: &[Balancer]) -> Vec<String> {
    let base = workload.base();
    let mut ways = Vec::new();
    if matches!(workload, Runs::App(_) | Runs::Singleton(_)) && !base.ports.is_empty() {
        ways.push(format!("Service {}", base.name));
    }
    ways.extend(balancers.iter().map(|each| format!("load balancer {}, port {}", each.service, each.port)));
    for ingress in Ingress::all(environment) {
        if ingress.routes().iter().any(|(_, app)| *app == base.name.as_str()) {
            ways.push(format!("Ingress {}", ingress.name()));
        }
    }
    ways
}

fn from(value: &VariableValue) -> String {
    match value {
        VariableValue::Text(_) => "its ConfigMap".to_owned(),
        VariableValue::Secret(key) => format!("Secret {}, key {}", key.secret, key.key),
        VariableValue::Config(key) => format!("ConfigMap {}, key {}", key.config_map, key.key),
        VariableValue::Downward(field) => match field {
            Downward::PodName => "the Pod's name",
            Downward::Namespace => "the Pod's namespace",
            Downward::PodIp => "the Pod's address",
            Downward::NodeName => "the node's name",
            Downward::ServiceAccount => "the service account's name",
            Downward::CpuLimit => "the container's CPU limit",
            Downward::MemoryLimit => "the container's memory limit",
        }
        .to_owned(),
    }
}

fn ready(workload: &Runs) -> Option<Ready<'_>> {
    let base = workload.base();
    let Question::Http { path, port } = &base.probes.ready.as_ref()?.value.question else { return None };
    let asked = base.ports.iter().find(|known| port.as_ref().is_none_or(|name| known.value.name == *name))?;
    Some(Ready { path: path.as_str(), port: asked.value.port.number() })
}
