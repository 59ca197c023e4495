//! Fields that hold a name, and its grammar; from `pkg/apis/*/validation` of Kubernetes 1.36.

use super::Name::{self, Absolute, Label, Port, Qualified, Segment, Subdomain, Variable, Wildcard};
use super::Where::{self, Of, Pod};

const ACCOUNTS: &[&str] = &["RoleBinding", "ClusterRoleBinding"];

/// Each field with the grammar of its name.
pub const FIELDS: &[(Where, Name)] = &[
    (Pod("initContainers|containers|ephemeralContainers[].name"), Label),
    (Pod("volumes[].name"), Label),
    (Pod("initContainers|containers[].ports[].name"), Port),
    (Pod("initContainers|containers|ephemeralContainers[].env[].name"), Variable),
    (Pod("initContainers|containers|ephemeralContainers[].envFrom[].prefix"), Variable),
    (
        Pod("initContainers|containers[].livenessProbe|readinessProbe|startupProbe.httpGet|tcpSocket.port"),
        Port,
    ),
    (Pod("initContainers|containers[].lifecycle.postStart|preStop.httpGet|tcpSocket.port"), Port),
    (Pod("serviceAccountName"), Subdomain),
    (Pod("priorityClassName"), Subdomain),
    (Pod("nodeName"), Subdomain),
    (Pod("runtimeClassName"), Subdomain),
    (Pod("hostname"), Label),
    (Pod("subdomain"), Label),
    (Pod("hostAliases[].hostnames[]"), Subdomain),
    (
        Pod(
            "affinity.podAffinity|podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[].topologyKey",
        ),
        Qualified,
    ),
    (
        Pod(
            "affinity.podAffinity|podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.topologyKey",
        ),
        Qualified,
    ),
    (Pod("tolerations[].key"), Qualified),
    (Pod("readinessGates[].conditionType"), Qualified),
    (Of(&["StatefulSet"], "spec.serviceName"), Label),
    (Of(&["Service"], "spec.ports[].name"), Label),
    (Of(&["Service"], "spec.ports[].targetPort"), Port),
    (Of(&["Service"], "spec.externalName"), Subdomain),
    (Of(&["Service"], "spec.loadBalancerClass"), Qualified),
    (Of(&["HorizontalPodAutoscaler"], "spec.scaleTargetRef.name|kind"), Segment),
    (Of(&["HorizontalPodAutoscaler"], "spec.metrics[].object.describedObject.name|kind"), Segment),
    (Of(&["HorizontalPodAutoscaler"], "spec.metrics[].pods|object|external.metric.name"), Segment),
    (Of(&["Ingress"], "spec.rules[].host"), Wildcard),
    (Of(&["Ingress"], "spec.tls[].hosts[]"), Wildcard),
    (Of(&["Ingress"], "spec.rules[].http.paths[].path"), Absolute),
    (Of(&["Ingress"], "spec.rules[].http.paths[].backend.service.name"), Label),
    (Of(&["Ingress"], "spec.rules[].http.paths[].backend.service.port.name"), Port),
    (Of(&["Ingress"], "spec.defaultBackend.service.name"), Label),
    (Of(&["Ingress"], "spec.defaultBackend.service.port.name"), Port),
    (Of(&["Ingress"], "spec.ingressClassName"), Subdomain),
    (Of(&["NetworkPolicy"], "spec.ingress|egress[].ports[].port"), Port),
    (Of(&["PersistentVolumeClaim", "PersistentVolume"], "spec.storageClassName"), Subdomain),
    (Of(&["StatefulSet"], "spec.volumeClaimTemplates[].spec.storageClassName"), Subdomain),
    (Of(ACCOUNTS, "roleRef.name"), Segment),
];
