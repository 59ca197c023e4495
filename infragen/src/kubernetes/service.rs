//! Service: one inside the cluster for each app, a headless one for each singleton, a load balancer where one is asked for.

use k8s_openapi::api::core::v1::{Service, ServicePort, ServiceSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::context::{Context, LONGEST_LABEL, Texts, within};
use super::objects::{Marks, Objects, order};
use crate::origin::{Chosen, Origin};
use crate::spec::quantity::DnsLabel;
use crate::spec::{App, Base, Exposure, IngressClass, LoadBalancer, NamedPort, Question, Runs, Singleton};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        match workload {
            Runs::App(app) => {
                inside(context, objects, app);
                load_balancers(context, objects, app);
            }
            Runs::Singleton(singleton) => headless(context, objects, singleton),
            Runs::Worker(_) | Runs::Job(_) | Runs::CronJob(_) => {}
        }
    }
}

fn inside(context: &Context<'_>, objects: &mut Objects, app: &App) {
    let base = &app.base;
    let mut metadata = context.metadata(base.name.as_str(), context.workload_labels(base));
    let mut marks = port_marks(base);
    if behind_alb(context, app)
        && let Some((path, origin)) = ready_path(base)
    {
        // The ALB asks for itself whether a Pod may be called: the same question as the kubelet's.
        let key = "alb.ingress.kubernetes.io/healthcheck-path";
        metadata.annotations = Some(Texts::from([(key.to_owned(), path)]));
        marks.add(format!("metadata.annotations[\"{key}\"]"), &origin);
    }
    let service = Service {
        metadata,
        spec: Some(ServiceSpec {
            type_: Some("ClusterIP".to_owned()),
            selector: Some(context.selector_labels(base.name.as_str())),
            ports: Some(
                base.ports.iter().map(|port| port_of(&port.value, port.value.port.number())).collect(),
            ),
            ..ServiceSpec::default()
        }),
        status: None,
    };
    objects.push(order::SERVICE, &service, &base.origin, marks);
}

fn headless(context: &Context<'_>, objects: &mut Objects, singleton: &Singleton) {
    let base = &singleton.base;
    let ports: Vec<ServicePort> =
        base.ports.iter().map(|port| port_of(&port.value, port.value.port.number())).collect();
    let service = Service {
        metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
        spec: Some(ServiceSpec {
            type_: Some("ClusterIP".to_owned()),
            cluster_ip: Some("None".to_owned()),
            selector: Some(context.selector_labels(base.name.as_str())),
            ports: (!ports.is_empty()).then_some(ports),
            ..ServiceSpec::default()
        }),
        status: None,
    };
    objects.push(order::SERVICE, &service, &base.origin, port_marks(base));
}

/// A Service of its own for each load balancer, so that callers inside the cluster do not depend on it.
fn load_balancers(context: &Context<'_>, objects: &mut Objects, app: &App) {
    let base = &app.base;
    let exposed = app.kind.exposures.iter().filter_map(|exposure| match &exposure.value {
        Exposure::LoadBalancer(balancer) => Some((exposure, balancer)),
        Exposure::Ingress(_) => None,
    });
    for (index, (exposure, balancer)) in exposed.enumerate() {
        let mut metadata = context.metadata(&balancer_name(&base.name, index), context.workload_labels(base));
        metadata.annotations = Some(annotations(context, base, balancer)).filter(|texts| !texts.is_empty());
        let ports = base.ports.first().map(|port| vec![port_of(&port.value, balancer.port.number())]);
        let sources: Vec<String> = balancer.sources.iter().map(ToString::to_string).collect();
        let service = Service {
            metadata,
            spec: Some(ServiceSpec {
                type_: Some("LoadBalancer".to_owned()),
                load_balancer_class: context.is_eks().then(|| "service.k8s.aws/nlb".to_owned()),
                load_balancer_source_ranges: (!sources.is_empty()).then_some(sources),
                selector: Some(context.selector_labels(base.name.as_str())),
                ports,
                ..ServiceSpec::default()
            }),
            status: None,
        };
        objects.push(order::SERVICE, &service, &exposure.origin, Marks::default());
    }
}

/// What the Service of an app's load balancer is called; the first has index 0.
#[must_use]
pub fn balancer_name(app: &DnsLabel, index: usize) -> String {
    let suffix = if index == 0 { String::new() } else { format!("-{}", index + 1) };
    within(format!("{app}-external{suffix}"), LONGEST_LABEL)
}

/// What the AWS Load Balancer Controller needs to know; other clusters take the team's own annotations alone.
fn annotations(context: &Context<'_>, base: &Base, balancer: &LoadBalancer) -> Texts {
    let mut annotations = Texts::new();
    if context.is_eks() {
        let prefix = "service.beta.kubernetes.io/aws-load-balancer";
        let scheme = if balancer.internal { "internal" } else { "internet-facing" };
        let drain = base.drain.value.sleep_seconds();
        annotations.extend(
            [
                ("scheme", scheme.to_owned()),
                ("nlb-target-type", "ip".to_owned()),
                (
                    "target-group-attributes",
                    format!("deregistration_delay.timeout_seconds={drain},preserve_client_ip.enabled=false"),
                ),
            ]
            .map(|(key, value)| (format!("{prefix}-{key}"), value)),
        );
        if let Some((path, _)) = ready_path(base) {
            annotations.extend(
                [
                    ("healthcheck-protocol", "http".to_owned()),
                    ("healthcheck-port", "traffic-port".to_owned()),
                    ("healthcheck-path", path),
                ]
                .map(|(key, value)| (format!("{prefix}-{key}"), value)),
            );
        }
    }
    annotations.extend(balancer.annotations.iter().map(|(key, value)| (key.to_string(), value.clone())));
    annotations
}

fn port_of(port: &NamedPort, number: u16) -> ServicePort {
    ServicePort {
        name: Some(port.name.to_string()),
        port: number.into(),
        target_port: Some(IntOrString::String(port.name.to_string())),
        protocol: Some("TCP".to_owned()),
        ..ServicePort::default()
    }
}

fn port_marks(base: &Base) -> Marks {
    let mut marks = Marks::default();
    for (index, port) in base.ports.iter().enumerate() {
        marks.add(format!("spec.ports[{index}]"), &port.origin);
    }
    marks
}

/// The path by which a load balancer asks whether a Pod may be called.
pub(super) fn ready_path(base: &Base) -> Option<(String, Origin)> {
    let ready = base.probes.ready.as_ref()?;
    match &ready.value.question {
        Question::Http { path, .. } => Some((path.to_string(), ready.origin.clone())),
        _ => None,
    }
}

fn behind_alb(context: &Context<'_>, app: &App) -> bool {
    context.environment.ingresses().any(|(_, ingress, owner)| {
        matches!(ingress.value.class, IngressClass::Alb { .. })
            && ingress.value.leads_to(&app.base.name, owner)
    })
}

/// On EKS, Pods behind a load balancer wait until it knows them: where the wish for one was written.
pub(super) fn wants_readiness_gates(context: &Context<'_>) -> Option<Origin> {
    if !context.is_eks() {
        return None;
    }
    let exposed = context.workloads().find_map(|workload| match workload {
        Runs::App(app) => {
            app.kind.exposures.first().map(|exposure: &Chosen<Exposure>| exposure.origin.clone())
        }
        _ => None,
    });
    let ingress = context
        .environment
        .ingresses()
        .find(|(_, ingress, _)| matches!(ingress.value.class, IngressClass::Alb { .. }))
        .map(|(_, ingress, _)| ingress.origin);
    exposed.or(ingress).map(|origin| origin.derived("so that a rollout waits for the load balancer"))
}
