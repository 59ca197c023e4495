use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, Workload};
use crate::node::Node;

declare_rule! {
    /// Flags ServiceMonitors and PodMonitors that scrape a port which their targets do not have.
    ///
    /// ## Why is this bad?
    /// Prometheus finds the Services and drops them: nothing is scraped, and no alert tells of what is not measured.
    ///
    /// ## Fields
    /// `spec.endpoints[].port` of ServiceMonitors, held against the names of the Services' ports;
    /// `spec.podMetricsEndpoints[].port` of PodMonitors, held against those of containers.
    ///
    /// ## Allowed values
    /// The name of a port of at least one target.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: monitoring.coreos.com/v1
    /// kind: ServiceMonitor
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: metrcis}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {ports: [{name: metrics, port: 9090}]}
    /// ```
    /// ```yaml good
    /// apiVersion: monitoring.coreos.com/v1
    /// kind: ServiceMonitor
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: metrics}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {ports: [{name: metrics, port: 9090}]}
    /// ```
    MONITOR_OF_UNKNOWN_PORT = {
        id: "monitor-of-unknown-port",
        category: Reference,
        severity: Warning,
        covers: ["MON-01", "OBJ-49"],
        look: Bundle(monitor_of_unknown_port),
    }
}

fn monitor_of_unknown_port(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for (kind, list) in [("ServiceMonitor", "endpoints"), ("PodMonitor", "podMetricsEndpoints")] {
        for monitor in graph.of_kind(kind) {
            let Some(targets) = graph.monitored(monitor).filter(|targets| !targets.is_empty()) else {
                continue;
            };
            let endpoints = monitor.at(&["spec", list]).map_or(&[][..], Node::items);
            for (index, endpoint) in endpoints.iter().enumerate() {
                let Some(port) = endpoint.text_at(&["port"]) else { continue };
                if !targets.iter().any(|target| has_port(target, port)) {
                    findings
                        .report_on(
                            monitor,
                            monitor.path(&["spec", list]).index(index).field("port"),
                            format!("what it selects has no port `{port}`"),
                        )
                        .help("name a port of the Service, or of the container");
                }
            }
        }
    }
}

fn has_port(target: &Object<'_>, port: &str) -> bool {
    match Workload::of(*target) {
        Some(workload) => workload.listeners().any(|listener| listener.name == Some(port)),
        None => target.service_ports().any(|found| found.name == Some(port)),
    }
}
