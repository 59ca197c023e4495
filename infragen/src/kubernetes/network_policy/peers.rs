//! The far ends of opened paths: Pods, namespaces, addresses, ports.

use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicyEgressRule, NetworkPolicyPeer, NetworkPolicyPort,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::kubernetes::context::{Context, Texts};
use crate::spec::Caller;

/// The instance metadata service, which hands out the node's credentials: never part of "anywhere".
const METADATA_SERVICE: &str = "169.254.169.254/32";

pub(super) fn pods(context: &Context<'_>, name: &str) -> NetworkPolicyPeer {
    NetworkPolicyPeer { pod_selector: Some(context.selector(name)), ..NetworkPolicyPeer::default() }
}

pub(super) fn namespace(name: &str) -> NetworkPolicyPeer {
    let labels = Texts::from([("kubernetes.io/metadata.name".to_owned(), name.to_owned())]);
    NetworkPolicyPeer { namespace_selector: Some(selector(labels)), ..NetworkPolicyPeer::default() }
}

pub(super) fn guest(caller: &Caller) -> NetworkPolicyPeer {
    let mut peer = namespace(caller.namespace.as_str());
    if !caller.labels.is_empty() {
        peer.pod_selector = Some(selector(caller.labels.iter().cloned().collect()));
    }
    peer
}

pub(super) fn addresses(cidr: &str) -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock { cidr: cidr.to_owned(), except: None }),
        ..NetworkPolicyPeer::default()
    }
}

pub(super) fn anywhere() -> NetworkPolicyPeer {
    NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: "0.0.0.0/0".to_owned(),
            except: Some(vec![METADATA_SERVICE.to_owned()]),
        }),
        ..NetworkPolicyPeer::default()
    }
}

/// The cluster's network where it is known; otherwise no restriction of the source.
pub(super) fn cluster_network(context: &Context<'_>) -> Option<Vec<NetworkPolicyPeer>> {
    let network = context.environment.cluster.network.as_ref()?;
    Some(vec![addresses(network.value.as_str())])
}

pub(super) fn tcp(port: u16) -> NetworkPolicyPort {
    NetworkPolicyPort {
        protocol: Some("TCP".to_owned()),
        port: Some(IntOrString::Int(port.into())),
        end_port: None,
    }
}

/// The cluster's DNS, by UDP and, for long answers, TCP.
pub(super) fn dns() -> NetworkPolicyEgressRule {
    let mut peer = namespace("kube-system");
    peer.pod_selector = Some(selector(Texts::from([("k8s-app".to_owned(), "kube-dns".to_owned())])));
    let udp = NetworkPolicyPort { protocol: Some("UDP".to_owned()), ..tcp(53) };
    NetworkPolicyEgressRule { to: Some(vec![peer]), ports: Some(vec![udp, tcp(53)]) }
}

fn selector(labels: Texts) -> LabelSelector {
    LabelSelector { match_labels: Some(labels), match_expressions: None }
}
