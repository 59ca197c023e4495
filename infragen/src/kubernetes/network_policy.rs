//! NetworkPolicy: everything is shut, then just the declared paths are opened, DNS among them.

mod peers;

use k8s_openapi::api::networking::v1::{
    NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::context::Context;
use super::objects::{Marks, Objects, order};
use crate::origin::Origin;
use crate::spec::{Base, Dependency, Exposure, IngressClass, LoadBalancer, Runs};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    let shut = Origin::Default("everything is shut that nobody declared");
    objects.push(order::NETWORK_POLICY, &default_deny(context), &shut, Marks::default());
    for workload in context.workloads() {
        let base = workload.base();
        let (ingress, mut marks) = ingress(context, workload);
        let (egress, egress_marks) = egress(context, base);
        marks.0.extend(egress_marks.0);
        let policy = NetworkPolicy {
            metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
            spec: Some(NetworkPolicySpec {
                pod_selector: Some(context.selector(base.name.as_str())),
                policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
                ingress: (!ingress.is_empty()).then_some(ingress),
                egress: (!egress.is_empty()).then_some(egress),
            }),
        };
        objects.push(order::NETWORK_POLICY, &policy, &base.origin, marks);
    }
}

fn default_deny(context: &Context<'_>) -> NetworkPolicy {
    NetworkPolicy {
        metadata: context.metadata("default-deny", context.labels()),
        spec: Some(NetworkPolicySpec {
            pod_selector: Some(LabelSelector::default()),
            policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
            ..NetworkPolicySpec::default()
        }),
    }
}

/// Who may call a workload: those that declare it, load balancers and Ingress controllers in front of it, and guests.
fn ingress(context: &Context<'_>, workload: &Runs) -> (Vec<NetworkPolicyIngressRule>, Marks) {
    let base = workload.base();
    let mut marks = Marks::default();
    let mut rules = Vec::new();
    let mut open = |from, port: u16, origin: &Origin| {
        marks.add(format!("spec.ingress[{}]", rules.len()), origin);
        rules.push(NetworkPolicyIngressRule { from, ports: Some(vec![peers::tcp(port)]) });
    };
    for caller in context.workloads() {
        for call in caller.base().distinct_calls() {
            if let Dependency::Workload { name, port } = &call.value
                && *name == base.name
            {
                let from = vec![peers::pods(context, caller.base().name.as_str())];
                open(Some(from), port.number(), &call.origin);
            }
        }
    }
    for guest in &base.callers {
        open(Some(vec![peers::guest(&guest.value.0)]), guest.value.1.number(), &guest.origin);
    }
    let Some(port) = base.ports.first().map(|port| port.value.port.number()) else { return (rules, marks) };
    if let Runs::App(app) = workload {
        for exposure in &app.kind.exposures {
            if let Exposure::LoadBalancer(balancer) = &exposure.value {
                open(balancer_sources(context, balancer), port, &exposure.origin);
            }
        }
        for (_, ingress, owner) in context.environment.ingresses() {
            if ingress.value.leads_to(&base.name, owner) {
                let from = match &ingress.value.class {
                    IngressClass::Alb { .. } => peers::cluster_network(context),
                    IngressClass::Nginx { namespace } | IngressClass::Other { namespace, .. } => {
                        Some(vec![peers::namespace(namespace.as_str())])
                    }
                };
                open(from, port, &ingress.origin);
            }
        }
    }
    (rules, marks)
}

/// On EKS a load balancer calls from its own addresses in the VPC; elsewhere callers keep theirs.
fn balancer_sources(
    context: &Context<'_>,
    balancer: &LoadBalancer,
) -> Option<Vec<k8s_openapi::api::networking::v1::NetworkPolicyPeer>> {
    if context.is_eks() || balancer.internal {
        return peers::cluster_network(context);
    }
    if balancer.sources.is_empty() {
        return None;
    }
    Some(balancer.sources.iter().map(|source| peers::addresses(source.as_str())).collect())
}

/// Whom a workload may call: what it declares, and DNS if it declares anything.
fn egress(context: &Context<'_>, base: &Base) -> (Vec<NetworkPolicyEgressRule>, Marks) {
    let mut marks = Marks::default();
    let mut rules: Vec<NetworkPolicyEgressRule> = Vec::new();
    for call in base.distinct_calls() {
        marks.add(format!("spec.egress[{}]", rules.len()), &call.origin);
        rules.push(match &call.value {
            Dependency::Workload { name, port } => NetworkPolicyEgressRule {
                to: Some(vec![peers::pods(context, name.as_str())]),
                ports: Some(vec![peers::tcp(port.number())]),
            },
            Dependency::Host { port, network, .. } => NetworkPolicyEgressRule {
                to: Some(vec![match network {
                    Some(network) => peers::addresses(network.as_str()),
                    None => peers::anywhere(),
                }]),
                ports: Some(vec![peers::tcp(port.number())]),
            },
            Dependency::KubernetesApi => NetworkPolicyEgressRule {
                to: Some(vec![peers::anywhere()]),
                ports: Some(vec![peers::tcp(443), peers::tcp(6443)]),
            },
        });
    }
    if base.account.value.role_arn.is_some() {
        marks.add(format!("spec.egress[{}]", rules.len()), &base.account.origin);
        let to = Some(vec![peers::anywhere()]);
        rules.push(NetworkPolicyEgressRule { to, ports: Some(vec![peers::tcp(443)]) });
    }
    if !rules.is_empty() {
        rules.push(peers::dns());
    }
    (rules, marks)
}
