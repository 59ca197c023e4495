//! How it hangs together: who calls whom, as the nodes and edges of a Mermaid graph.

use serde::Serialize;

use super::ingresses::Ingress;
use super::workloads::how_many;
use crate::kubernetes;
use crate::spec::{Dependency, Environment, Exposure, Replicas, Runs};

/// Nodes and edges.
#[derive(Serialize)]
pub(super) struct Graph {
    /// What is in the namespace.
    inside: Vec<Node>,
    /// What is elsewhere.
    outside: Vec<Node>,
    edges: Vec<Edge>,
}

/// A node: its id, and its label between the brackets that give its shape.
#[derive(Serialize)]
struct Node {
    id: String,
    opening: &'static str,
    label: String,
    closing: &'static str,
}

/// An edge between two ids.
#[derive(Serialize)]
struct Edge {
    from: String,
    /// Such as `-->`.
    arrow: &'static str,
    label: String,
    to: String,
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
            self.edge(id("a", name), "-.->", String::new(), id("w", name));
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
                self.edge(id("l", &service), "-->", port.unwrap_or_default(), id("w", name));
            }
        }
        for caller in &base.callers {
            let namespace = caller.value.0.namespace.as_str();
            self.elsewhere(&id("n", namespace), &format!("namespace {namespace}"));
            self.edge(id("n", namespace), "-->", caller.value.1.number().to_string(), id("w", name));
        }
    }

    fn ingress(&mut self, ingress: &Ingress<'_>) {
        let from = id("i", ingress.name());
        let host = ingress.host().unwrap_or("any host");
        let label = format!("Ingress {}<br/>{host}", ingress.name());
        self.outside.push(node(&from, ROUND, &label));
        for (path, app) in ingress.routes() {
            self.edge(from.clone(), "-->", (*path).to_owned(), id("w", app));
        }
    }

    fn calls(&mut self, workload: &Runs) {
        let from = id("w", workload.base().name.as_str());
        for call in &workload.base().calls {
            match &call.value {
                Dependency::Workload { name, port } => {
                    self.edge(from.clone(), "-->", port.number().to_string(), id("w", name.as_str()));
                }
                Dependency::Host { host, port, .. } => {
                    let to = id("h", host.as_str());
                    self.elsewhere(&to, host.as_str());
                    self.edge(from.clone(), "-->", port.number().to_string(), to);
                }
                Dependency::KubernetesApi => {
                    self.elsewhere("kubernetes_api", "Kubernetes API");
                    self.edge(from.clone(), "-->", String::new(), "kubernetes_api".to_owned());
                }
            }
        }
    }

    fn elsewhere(&mut self, id: &str, label: &str) {
        if !self.outside.iter().any(|known| known.id == id) {
            self.outside.push(node(id, ROUND, label));
        }
    }

    fn edge(&mut self, from: String, arrow: &'static str, label: String, to: String) {
        let known = self.edges.iter().any(|edge| edge.from == from && edge.to == to && edge.label == label);
        if !known {
            self.edges.push(Edge { from, arrow, label: quoted(&label), to });
        }
    }
}

fn node(id: &str, shape: (&'static str, &'static str), label: &str) -> Node {
    Node { id: id.to_owned(), opening: shape.0, label: quoted(label), closing: shape.1 }
}

/// An id of Mermaid's: no word of its own, since the prefix and the underscore make it none.
fn id(prefix: &str, name: &str) -> String {
    format!("{prefix}_{}", name.replace('-', "_").replace('.', "_dot_"))
}

/// A label for between double quotes.
fn quoted(label: &str) -> String {
    label.replace('"', "#quot;")
}
