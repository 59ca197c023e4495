use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, Workload};

declare_rule! {
    /// Flags load balancers of AWS that ask another path for health than any probe does.
    ///
    /// ## Why is this bad?
    /// Pods that are ready for Kubernetes are not for the load balancer, or the other way round. A path that the
    /// program does not have answers 404, and no target is ever healthy.
    ///
    /// ## Fields
    /// The annotations `service.beta.kubernetes.io/aws-load-balancer-healthcheck-path` of Services and
    /// `alb.ingress.kubernetes.io/healthcheck-path` of Ingresses, held against the `httpGet` probes of the Pods behind
    /// them.
    ///
    /// ## Allowed values
    /// A path that a probe of these Pods asks too; any, where no probe asks a path.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   annotations: {service.beta.kubernetes.io/aws-load-balancer-healthcheck-path: /raedy}
    /// spec: {type: LoadBalancer, selector: {app: web}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, readinessProbe: {httpGet: {path: /ready, port: 8080}}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   annotations: {service.beta.kubernetes.io/aws-load-balancer-healthcheck-path: /ready}
    /// spec: {type: LoadBalancer, selector: {app: web}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, readinessProbe: {httpGet: {path: /ready, port: 8080}}}]}
    /// ```
    HEALTH_CHECK_OF_UNKNOWN_PATH = {
        id: "health-check-of-unknown-path",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-44"],
        look: Bundle(health_check_of_unknown_path),
    }
}

fn health_check_of_unknown_path(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for service in graph.of_kind("Service") {
        let field =
            ["metadata", "annotations", "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path"];
        if service.at(&field).is_some() {
            compare(service, &field, &graph.behind(service), findings);
        }
    }
    for ingress in graph.ingresses() {
        let field = ["metadata", "annotations", "alb.ingress.kubernetes.io/healthcheck-path"];
        if ingress.at(&field).is_some() {
            let services = ingress
                .backends()
                .into_iter()
                .filter_map(|backend| graph.find(ingress, "Service", backend.service));
            let workloads: Vec<_> = services.flat_map(|service| graph.behind(service)).collect();
            compare(ingress, &field, &workloads, findings);
        }
    }
}

fn compare(object: &Object<'_>, field: &[&str], workloads: &[&Workload<'_>], findings: &mut Findings<'_>) {
    let Some(path) = object.node.text_at(field) else { return };
    let mut probed = workloads
        .iter()
        .flat_map(|workload| workload.containers())
        .flat_map(|container| {
            ["readinessProbe", "livenessProbe", "startupProbe"]
                .into_iter()
                .filter_map(move |probe| container.at(&[probe, "httpGet"]))
                .map(|probe| probe.text_at(&["path"]).unwrap_or("/"))
        })
        .peekable();
    if probed.peek().is_some() && !probed.any(|known| known == path) {
        findings
            .report_on(object, object.path(field), format!("no probe of the Pods behind it asks `{path}`"))
            .help("ask the path of the readiness probe");
    }
}
