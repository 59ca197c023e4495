//! How it hangs together: who calls whom, as a Mermaid graph.

use serde::Serialize;

use super::ingresses::Ingress;
use super::workloads::how_many;
use crate::kubernetes;
use crate::spec::{Dependency, Environment, Exposure, Replicas, Runs};

/// Nodes and edges, each a line of Mermaid.
#[derive(Serialize)]
pub(super) struct Graph {
    /// What is in the namespace.
    inside: Vec<String>,
    /// What is elsewhere.
    outside: Vec<String>,
    edges: Vec<String>,
}

const BOX: (&str, &str) = ("[", "]");
const ROUND: (&str, &str) = ("(", ")");
const CYLINDER: (&str, &str) = ("[(", ")]");
const HEXAGON: (&str, &str) = ("{{", "}}");

impl Graph {
    pub(super) fn of(environment: &Environment) -> Self {
        let mut graph = Self { inside: Vec::new(), outside: Vec::new(), edges: Vec::new() };
        for workload in &environment.contents.workloads {
            graph.workload(environment, workload);
        }
        for ingress in Ingress::all(environment) {
            graph.ingress(&ingress);
        }
        for workload in &environment.contents.workloads {
            graph.calls(workload);
        }
        graph
    }

    fn workload(&mut self, environment: &Environment, workload: &Runs) {
        let base = workload.base();
        let name = base.name.as_str();
        let is_server =
            environment.contents.servers.iter().any(|server| server.workload.as_deref() == Some(name));
        let shape = match workload {
            _ if is_server => CYLINDER,
            Runs::Job(_) | Runs::CronJob(_) => ROUND,
            _ => BOX,
        };
        let label = format!("{name}<br/>{}, {}", workload.object_kind(), how_many(workload));
        self.inside.push(node(&id("w", name), shape, &label));
        if let Some(Replicas::Autoscaled(_)) = super::workloads::replicas(workload) {
            self.inside.push(node(&id("a", name), HEXAGON, &format!("autoscaler {name}")));
            self.edge(&id("a", name), "-.->", "", &id("w", name));
        }
        if let Runs::App(app) = workload {
            let balancers = app.kind.exposures.iter().filter_map(|exposure| match &exposure.value {
                Exposure::LoadBalancer(balancer) => Some(balancer),
                Exposure::Ingress(_) => None,
            });
            for (index, balancer) in balancers.enumerate() {
                let service = kubernetes::balancer_name(&base.name, index);
                let reach = if balancer.internal { "internal" } else { "public" };
                let label = format!("{reach} load balancer<br/>{service}, port {}", balancer.port.number());
                self.outside.push(node(&id("l", &service), ROUND, &label));
                let port = base.ports.first().map(|port| port.value.port.number().to_string());
                self.edge(&id("l", &service), "-->", &port.unwrap_or_default(), &id("w", name));
            }
        }
        for caller in &base.callers {
            let namespace = caller.value.0.namespace.as_str();
            self.elsewhere(&id("n", namespace), &format!("namespace {namespace}"));
            let port = caller.value.1.number().to_string();
            self.edge(&id("n", namespace), "-->", &port, &id("w", name));
        }
    }

    fn ingress(&mut self, ingress: &Ingress<'_>) {
        let from = id("i", ingress.name());
        let host = ingress.host().unwrap_or("any host");
        let label = format!("Ingress {}<br/>{host}", ingress.name());
        self.outside.push(node(&from, ROUND, &label));
        for (path, app) in ingress.routes() {
            self.edge(&from, "-->", path, &id("w", app));
        }
    }

    fn calls(&mut self, workload: &Runs) {
        let from = id("w", workload.base().name.as_str());
        for call in &workload.base().calls {
            match &call.value {
                Dependency::Workload { name, port } => {
                    self.edge(&from, "-->", &port.number().to_string(), &id("w", name.as_str()));
                }
                Dependency::Host { host, port, .. } => {
                    let to = id("h", host.as_str());
                    self.elsewhere(&to, host.as_str());
                    self.edge(&from, "-->", &port.number().to_string(), &to);
                }
                Dependency::KubernetesApi => {
                    self.elsewhere("kubernetes_api", "Kubernetes API");
                    self.edge(&from, "-->", "", "kubernetes_api");
                }
            }
        }
    }

    fn elsewhere(&mut self, id: &str, label: &str) {
        add(&mut self.outside, node(id, ROUND, label));
    }

    fn edge(&mut self, from: &str, arrow: &str, label: &str, to: &str) {
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", quoted(label)) };
        add(&mut self.edges, format!("{from} {arrow}{label} {to}"));
    }
}

/// Adds a line that is not there yet.
fn add(lines: &mut Vec<String>, line: String) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}

/// A node: its id, and its label between the brackets that give its shape.
fn node(id: &str, (opening, closing): (&str, &str), label: &str) -> String {
    format!("{id}{opening}\"{}\"{closing}", quoted(label))
}

/// An id of Mermaid's: no word of its own, since the prefix and the underscore make it none.
fn id(prefix: &str, name: &str) -> String {
    format!("{prefix}_{}", name.replace('-', "_").replace('.', "_dot_"))
}

/// A label for between double quotes.
fn quoted(label: &str) -> String {
    label.replace('"', "#quot;")
}
