//! Fields that hold a name, and its grammar; from `pkg/apis/*/validation` of Kubernetes 1.36.

use super::Name::{
    self, Beginning, Driver, Header, Host, Key, Label, Letter, Port, Prefixed, Provisioner, Qualified,
    Search, Segment, Subdomain, Sysctl, Value, Variable, Wildcard,
};
use super::Where::{
    Claim, Container, Handler, Job, Metadata, NodeTerm, Of, Pod, PodTerm, Projection, Scheduled, Selector,
    Toleration,
};
use super::{Fields, Where};

const BINDINGS: &[&str] = &["RoleBinding", "ClusterRoleBinding"];
const AUTOSCALERS: &[&str] = &["HorizontalPodAutoscaler"];
const SERVICES: &[&str] = &["Service"];
const INGRESSES: &[&str] = &["Ingress"];
const POLICIES: &[&str] = &["NetworkPolicy"];
const SLICES: &[&str] = &["EndpointSlice"];
const DEFINITIONS: &[&str] = &["CustomResourceDefinition"];
const WEBHOOKS: &[&str] = &["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];
const VOLUMES: &[&str] = &["PersistentVolume"];

const OPTIONAL: &[(Where, Name)] = &[
    (Container("name"), Label),
    (Container("env[].name"), Variable),
    (Container("envFrom[].prefix"), Variable),
    (Container("envFrom[].configMapRef|secretRef.name"), Beginning),
    (Container("env[].valueFrom.configMapKeyRef|secretKeyRef.name"), Subdomain),
    (Container("env[].valueFrom.configMapKeyRef|secretKeyRef.key"), Key),
    (Scheduled("ports[].name"), Port),
    (Pod("volumes[].name"), Label),
    (Pod("volumes[].csi.driver"), Driver),
    (Pod("volumes[].csi.nodePublishSecretRef.name"), Subdomain),
    (Pod("serviceAccountName"), Subdomain),
    (Pod("priorityClassName"), Subdomain),
    (Pod("nodeName"), Subdomain),
    (Pod("hostname"), Label),
    (Pod("subdomain"), Label),
    (PodTerm("topologyKey"), Qualified),
    (Toleration("key"), Qualified),
    (Pod("securityContext.sysctls[].name"), Sysctl),
    (Of(&["StatefulSet"], "spec.serviceName"), Label),
    (Of(SERVICES, "spec.ports[].name"), Label),
    (Of(SERVICES, "spec.ports[].targetPort"), Port),
    (Of(AUTOSCALERS, "spec.scaleTargetRef.name|kind"), Segment),
    (Of(AUTOSCALERS, "spec.metrics[].object.describedObject.name|kind"), Segment),
    (Of(AUTOSCALERS, "spec.metrics[].pods|object|external.metric.name"), Segment),
    (Of(AUTOSCALERS, "spec.metrics[].containerResource.container"), Label),
    (Of(INGRESSES, "spec.rules[].host"), Host),
    (Of(INGRESSES, "spec.tls[].secretName"), Subdomain),
    (Of(INGRESSES, "spec.rules[].http.paths[].backend.service.name"), Label),
    (Of(INGRESSES, "spec.rules[].http.paths[].backend.service.port.name"), Port),
    (Of(INGRESSES, "spec.rules[].http.paths[].backend.resource.name|kind"), Segment),
    (Of(INGRESSES, "spec.defaultBackend.service.name"), Label),
    (Of(INGRESSES, "spec.defaultBackend.service.port.name"), Port),
    (Of(INGRESSES, "spec.defaultBackend.resource.name|kind"), Segment),
    (Of(&["IngressClass"], "spec.controller"), Prefixed),
    (Claim("storageClassName|volumeAttributesClassName"), Subdomain),
    (Of(VOLUMES, "spec.storageClassName"), Subdomain),
    (Of(VOLUMES, "spec.csi.driver"), Driver),
    (
        Of(
            VOLUMES,
            "spec.csi.controllerPublishSecretRef|controllerExpandSecretRef|nodePublishSecretRef|nodeExpandSecretRef.name",
        ),
        Subdomain,
    ),
    (
        Of(
            VOLUMES,
            "spec.csi.controllerPublishSecretRef|controllerExpandSecretRef|nodePublishSecretRef|nodeExpandSecretRef.namespace",
        ),
        Label,
    ),
    (Of(&["StorageClass"], "provisioner"), Provisioner),
    (Of(&["RuntimeClass"], "handler"), Label),
    (Of(&["VolumeAttributesClass"], "driverName"), Provisioner),
    (Of(&["IngressClass"], "spec.parameters.name|kind"), Segment),
    (Of(SLICES, "ports[].name"), Label),
    (Of(WEBHOOKS, "webhooks[].name"), Subdomain),
    (Of(DEFINITIONS, "spec.group"), Subdomain),
    (Of(DEFINITIONS, "spec.names.singular"), Letter),
    (Of(&["Namespace"], "spec.finalizers[]"), Qualified),
    (Of(BINDINGS, "roleRef.name"), Segment),
    (Metadata("finalizers[]"), Qualified),
];

const FILLED: &[(Where, Name)] = &[
    (Handler("httpGet|tcpSocket.port"), Port),
    (Handler("httpGet.httpHeaders[].name"), Header),
    (Pod("runtimeClassName"), Subdomain),
    (Pod("hostAliases[].hostnames[]"), Subdomain),
    (Pod("dnsConfig.searches[]"), Search),
    (Pod("readinessGates[].conditionType"), Qualified),
    (Pod("schedulingGates[].name"), Qualified),
    (Pod("topologySpreadConstraints[].matchLabelKeys[]"), Qualified),
    (PodTerm("matchLabelKeys[]"), Qualified),
    (PodTerm("mismatchLabelKeys[]"), Qualified),
    (PodTerm("namespaces[]"), Label),
    (NodeTerm("matchExpressions[].key"), Qualified),
    (NodeTerm("matchExpressions[].values[]"), Value),
    (NodeTerm("matchFields[].values[]"), Subdomain),
    (Selector("matchExpressions[].key"), Qualified),
    (Selector("matchExpressions[].values[]"), Value),
    (Projection("clusterTrustBundle.labelSelector.matchExpressions[].key"), Qualified),
    (Job("managedBy"), Prefixed),
    (Job("podFailurePolicy.rules[].onPodConditions[].type"), Qualified),
    (Of(SERVICES, "spec.ports[].appProtocol"), Qualified),
    (Of(SERVICES, "spec.loadBalancerClass"), Qualified),
    (Of(INGRESSES, "spec.ingressClassName"), Subdomain),
    (Of(INGRESSES, "spec.tls[].hosts[]"), Wildcard),
    (Of(INGRESSES, "spec.rules[].http.paths[].backend.resource.apiGroup"), Subdomain),
    (Of(INGRESSES, "spec.defaultBackend.resource.apiGroup"), Subdomain),
    (Of(POLICIES, "spec.ingress|egress[].ports[].port"), Port),
    (Of(&["IngressClass"], "spec.parameters.apiGroup"), Subdomain),
    (Of(&["IngressClass"], "spec.parameters.namespace"), Label),
    (Of(&["StorageClass"], "allowedTopologies[].matchLabelExpressions[].key"), Qualified),
    (Of(SLICES, "endpoints[].hostname"), Label),
    (Of(SLICES, "endpoints[].nodeName"), Subdomain),
    (Of(SLICES, "ports[].appProtocol"), Qualified),
    (Of(WEBHOOKS, "webhooks[].admissionReviewVersions[]"), Letter),
    (Of(DEFINITIONS, "spec.names.plural"), Letter),
    (Of(DEFINITIONS, "spec.names.shortNames[]"), Letter),
    (Of(DEFINITIONS, "spec.names.categories[]"), Letter),
    (Of(DEFINITIONS, "spec.versions[].name"), Letter),
];

/// Each field with the grammar of its name; an empty text is absent to the server.
pub static FIELDS: Fields<Name> = Fields::new(OPTIONAL);

/// The same, but an empty text is refused, too.
pub static NEVER_EMPTY: Fields<Name> = Fields::new(FILLED);
