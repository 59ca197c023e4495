//! Fields with a fixed set of values, and these; from `pkg/apis/*/validation` of Kubernetes 1.36.

use super::Where::{
    Claim, Container, Handler, Job, NodeTerm, Of, Pod, Projection, Scheduled, Selector, Toleration,
};
use super::{Fields, Where};

/// The values that a field knows.
pub type Values = &'static [&'static str];

const DEPLOYMENTS: &[&str] = &["Deployment"];
const STATEFUL_SETS: &[&str] = &["StatefulSet"];
const SETS: &[&str] = &["StatefulSet", "DaemonSet"];
const SERVICES: &[&str] = &["Service"];
const AUTOSCALERS: &[&str] = &["HorizontalPodAutoscaler"];
const POLICIES: &[&str] = &["NetworkPolicy"];
const VOLUMES: &[&str] = &["PersistentVolume"];
const QUOTAS: &[&str] = &["ResourceQuota"];
const DEFINITIONS: &[&str] = &["CustomResourceDefinition"];
const BINDINGS: &[&str] = &["RoleBinding", "ClusterRoleBinding"];
const WEBHOOKS: &[&str] = &["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];

const PROTOCOLS: Values = &["TCP", "UDP", "SCTP"];
const ACCESS: Values = &["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const SELECT: Values = &["In", "NotIn", "Exists", "DoesNotExist"];
const SELECT_NODES: Values = &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
const PROFILES: Values = &["RuntimeDefault", "Localhost", "Unconfined"];
const PULL: Values = &["Always", "IfNotPresent", "Never"];
const MODES: Values = &["Block", "Filesystem"];
const HOST_PATHS: Values =
    &["DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"];
const SCOPES: Values = &[
    "Terminating",
    "NotTerminating",
    "BestEffort",
    "NotBestEffort",
    "PriorityClass",
    "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
];

const OPTIONAL: &[(Where, Values)] = &[
    (Pod("restartPolicy"), &["Always", "OnFailure", "Never"]),
    (Pod("dnsPolicy"), &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]),
    (Container("imagePullPolicy"), PULL),
    (Container("terminationMessagePolicy"), &["File", "FallbackToLogsOnError"]),
    (Scheduled("ports[].protocol"), PROTOCOLS),
    (Handler("httpGet.scheme"), &["HTTP", "HTTPS"]),
    (Toleration("effect"), &["NoSchedule", "PreferNoSchedule", "NoExecute"]),
    (Toleration("operator"), &["Equal", "Exists", "Lt", "Gt"]),
    (Pod("volumes[].hostPath.type"), HOST_PATHS),
    (Pod("volumes[].image.pullPolicy"), PULL),
    (Job("podFailurePolicy.rules[].onPodConditions[].status"), &["True", "False", "Unknown"]),
    (Of(&["EndpointSlice"], "ports[].protocol"), PROTOCOLS),
    (Of(DEPLOYMENTS, "spec.strategy.type"), &["Recreate", "RollingUpdate"]),
    (Of(SETS, "spec.updateStrategy.type"), &["RollingUpdate", "OnDelete"]),
    (Of(STATEFUL_SETS, "spec.podManagementPolicy"), &["OrderedReady", "Parallel"]),
    (
        Of(STATEFUL_SETS, "spec.persistentVolumeClaimRetentionPolicy.whenDeleted|whenScaled"),
        &["Retain", "Delete"],
    ),
    (Of(&["CronJob"], "spec.concurrencyPolicy"), &["Allow", "Forbid", "Replace"]),
    (Of(SERVICES, "spec.type"), &["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]),
    (Of(SERVICES, "spec.ports[].protocol"), PROTOCOLS),
    (Of(SERVICES, "spec.sessionAffinity"), &["ClientIP", "None"]),
    (Of(SERVICES, "spec.externalTrafficPolicy"), &["Cluster", "Local"]),
    (Of(VOLUMES, "spec.persistentVolumeReclaimPolicy"), &["Delete", "Recycle", "Retain"]),
    (Of(VOLUMES, "spec.hostPath.type"), HOST_PATHS),
    (Of(&["StorageClass"], "reclaimPolicy"), &["Delete", "Retain"]),
    (Of(BINDINGS, "roleRef.apiGroup"), &["rbac.authorization.k8s.io"]),
];

const FILLED: &[(Where, Values)] = &[
    (Pod("preemptionPolicy"), &["PreemptLowerPriority", "Never"]),
    (Pod("os.name"), &["linux", "windows"]),
    (Container("volumeMounts[].mountPropagation"), &["None", "HostToContainer", "Bidirectional"]),
    (Container("volumeMounts[].recursiveReadOnly"), &["Disabled", "IfPossible", "Enabled"]),
    (Container("securityContext.seccompProfile|appArmorProfile.type"), PROFILES),
    (Container("securityContext.procMount"), &["Default", "Unmasked"]),
    (Scheduled("resizePolicy[].resourceName"), &["cpu", "memory"]),
    (Scheduled("resizePolicy[].restartPolicy"), &["NotRequired", "RestartContainer"]),
    (Scheduled("restartPolicy"), &["Always", "OnFailure", "Never"]),
    (Pod("securityContext.seccompProfile|appArmorProfile.type"), PROFILES),
    (Pod("securityContext.fsGroupChangePolicy"), &["OnRootMismatch", "Always"]),
    (Pod("securityContext.supplementalGroupsPolicy"), &["Merge", "Strict"]),
    (Pod("securityContext.seLinuxChangePolicy"), &["Recursive", "MountOption"]),
    (Pod("topologySpreadConstraints[].whenUnsatisfiable"), &["DoNotSchedule", "ScheduleAnyway"]),
    (Pod("topologySpreadConstraints[].nodeAffinityPolicy|nodeTaintsPolicy"), &["Honor", "Ignore"]),
    (
        Projection("podCertificate.keyType"),
        &["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"],
    ),
    (NodeTerm("matchExpressions[].operator"), SELECT_NODES),
    (NodeTerm("matchFields[].operator"), &["In", "NotIn"]),
    (NodeTerm("matchFields[].key"), &["metadata.name"]),
    (Selector("matchExpressions[].operator"), SELECT),
    (Claim("accessModes[]"), ACCESS),
    (Claim("volumeMode"), MODES),
    (Job("completionMode"), &["NonIndexed", "Indexed"]),
    (Job("podReplacementPolicy"), &["TerminatingOrFailed", "Failed"]),
    (Job("podFailurePolicy.rules[].action"), &["FailJob", "FailIndex", "Ignore", "Count"]),
    (Job("podFailurePolicy.rules[].onExitCodes.operator"), &["In", "NotIn"]),
    (Of(SERVICES, "spec.internalTrafficPolicy"), &["Cluster", "Local"]),
    (Of(SERVICES, "spec.ipFamilyPolicy"), &["SingleStack", "PreferDualStack", "RequireDualStack"]),
    (Of(SERVICES, "spec.ipFamilies[]"), &["IPv4", "IPv6"]),
    (Of(SERVICES, "spec.trafficDistribution"), &["PreferClose", "PreferSameZone", "PreferSameNode"]),
    (
        Of(AUTOSCALERS, "spec.metrics[].type"),
        &["ContainerResource", "External", "Object", "Pods", "Resource"],
    ),
    (
        Of(AUTOSCALERS, "spec.metrics[].resource|containerResource|pods|object|external.target.type"),
        &["Utilization", "Value", "AverageValue"],
    ),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.selectPolicy"), &["Max", "Min", "Disabled"]),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.policies[].type"), &["Pods", "Percent"]),
    (Of(&["PodDisruptionBudget"], "spec.unhealthyPodEvictionPolicy"), &["IfHealthyBudget", "AlwaysAllow"]),
    (Of(&["Ingress"], "spec.rules[].http.paths[].pathType"), &["Exact", "Prefix", "ImplementationSpecific"]),
    (Of(&["IngressClass"], "spec.parameters.scope"), &["Cluster", "Namespace"]),
    (Of(POLICIES, "spec.policyTypes[]"), &["Ingress", "Egress"]),
    (Of(POLICIES, "spec.ingress|egress[].ports[].protocol"), PROTOCOLS),
    (Of(VOLUMES, "spec.accessModes[]"), ACCESS),
    (Of(VOLUMES, "spec.volumeMode"), MODES),
    (Of(&["StorageClass"], "volumeBindingMode"), &["Immediate", "WaitForFirstConsumer"]),
    (Of(&["PriorityClass"], "preemptionPolicy"), &["PreemptLowerPriority", "Never"]),
    (Of(QUOTAS, "spec.scopes[]"), SCOPES),
    (Of(QUOTAS, "spec.scopeSelector.matchExpressions[].scopeName"), SCOPES),
    (Of(QUOTAS, "spec.scopeSelector.matchExpressions[].operator"), SELECT),
    (Of(&["RoleBinding"], "roleRef.kind"), &["Role", "ClusterRole"]),
    (Of(&["ClusterRoleBinding"], "roleRef.kind"), &["ClusterRole"]),
    (Of(BINDINGS, "subjects[].kind"), &["ServiceAccount", "User", "Group"]),
    (Of(WEBHOOKS, "webhooks[].failurePolicy"), &["Ignore", "Fail"]),
    (Of(WEBHOOKS, "webhooks[].matchPolicy"), &["Exact", "Equivalent"]),
    (Of(WEBHOOKS, "webhooks[].sideEffects"), &["None", "NoneOnDryRun"]),
    (Of(WEBHOOKS, "webhooks[].reinvocationPolicy"), &["Never", "IfNeeded"]),
    (Of(WEBHOOKS, "webhooks[].rules[].scope"), &["Cluster", "Namespaced", "*"]),
    (Of(WEBHOOKS, "webhooks[].rules[].operations[]"), &["CREATE", "UPDATE", "DELETE", "CONNECT", "*"]),
    (Of(&["EndpointSlice"], "addressType"), &["IPv4", "IPv6", "FQDN"]),
    (Of(DEFINITIONS, "spec.scope"), &["Cluster", "Namespaced"]),
    (Of(DEFINITIONS, "spec.conversion.strategy"), &["None", "Webhook"]),
    (
        Of(DEFINITIONS, "spec.versions[].additionalPrinterColumns[].type"),
        &["boolean", "date", "integer", "number", "string"],
    ),
];

/// Each field with its values; an empty text is absent to the server.
pub static FIELDS: Fields<Values> = Fields::new(OPTIONAL);

/// The same, but an empty text is refused, too.
pub static NEVER_EMPTY: Fields<Values> = Fields::new(FILLED);
