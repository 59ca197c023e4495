//! Fields with a fixed set of values, and these; from `pkg/apis/*/validation` of Kubernetes 1.36.

use super::Where::{self, Of, Pod};

const DEPLOYMENTS: &[&str] = &["Deployment"];
const SETS: &[&str] = &["StatefulSet", "DaemonSet"];
const SERVICES: &[&str] = &["Service"];
const AUTOSCALERS: &[&str] = &["HorizontalPodAutoscaler"];
const CLAIMS: &[&str] = &["PersistentVolumeClaim", "PersistentVolume"];
const BINDINGS: &[&str] = &["RoleBinding", "ClusterRoleBinding"];
const SELECTING: &[&str] = &[
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "Job",
    "PodDisruptionBudget",
    "PersistentVolumeClaim",
];

const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];
const ACCESS: &[&str] = &["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const SELECT: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist"];
const SELECT_NODES: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
const PROFILES: &[&str] = &["RuntimeDefault", "Localhost", "Unconfined"];
const HOST_PATHS: &[&str] =
    &["DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"];

/// Each field with its values; an empty text is absent to the server.
pub const FIELDS: &[(Where, &[&str])] = &[
    (Pod("restartPolicy"), &["Always", "OnFailure", "Never"]),
    (Pod("dnsPolicy"), &["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"]),
    (Pod("preemptionPolicy"), &["PreemptLowerPriority", "Never"]),
    (Pod("os.name"), &["linux", "windows"]),
    (
        Pod("initContainers|containers|ephemeralContainers[].imagePullPolicy"),
        &["Always", "IfNotPresent", "Never"],
    ),
    (
        Pod("initContainers|containers|ephemeralContainers[].terminationMessagePolicy"),
        &["File", "FallbackToLogsOnError"],
    ),
    (Pod("initContainers|containers[].ports[].protocol"), PROTOCOLS),
    (
        Pod("initContainers|containers[].livenessProbe|readinessProbe|startupProbe.httpGet.scheme"),
        &["HTTP", "HTTPS"],
    ),
    (Pod("initContainers|containers[].lifecycle.postStart|preStop.httpGet.scheme"), &["HTTP", "HTTPS"]),
    (
        Pod("initContainers|containers|ephemeralContainers[].volumeMounts[].mountPropagation"),
        &["None", "HostToContainer", "Bidirectional"],
    ),
    (
        Pod("initContainers|containers|ephemeralContainers[].volumeMounts[].recursiveReadOnly"),
        &["Disabled", "IfPossible", "Enabled"],
    ),
    (Pod("initContainers|containers[].resizePolicy[].restartPolicy"), &["NotRequired", "RestartContainer"]),
    (Pod("initContainers|containers|ephemeralContainers[].securityContext.seccompProfile.type"), PROFILES),
    (Pod("initContainers|containers|ephemeralContainers[].securityContext.appArmorProfile.type"), PROFILES),
    (
        Pod("initContainers|containers|ephemeralContainers[].securityContext.procMount"),
        &["Default", "Unmasked"],
    ),
    (Pod("securityContext.seccompProfile|appArmorProfile.type"), PROFILES),
    (Pod("securityContext.fsGroupChangePolicy"), &["OnRootMismatch", "Always"]),
    (Pod("securityContext.supplementalGroupsPolicy"), &["Merge", "Strict"]),
    (Pod("tolerations[].effect"), &["NoSchedule", "PreferNoSchedule", "NoExecute"]),
    (Pod("tolerations[].operator"), &["Equal", "Exists", "Lt", "Gt"]),
    (Pod("topologySpreadConstraints[].whenUnsatisfiable"), &["DoNotSchedule", "ScheduleAnyway"]),
    (Pod("topologySpreadConstraints[].nodeAffinityPolicy|nodeTaintsPolicy"), &["Honor", "Ignore"]),
    (Pod("topologySpreadConstraints[].labelSelector.matchExpressions[].operator"), SELECT),
    (
        Pod(
            "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[].matchExpressions[].operator",
        ),
        SELECT_NODES,
    ),
    (
        Pod(
            "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[].preference.matchExpressions[].operator",
        ),
        SELECT_NODES,
    ),
    (
        Pod(
            "affinity.podAffinity|podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[].labelSelector|namespaceSelector.matchExpressions[].operator",
        ),
        SELECT,
    ),
    (
        Pod(
            "affinity.podAffinity|podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.labelSelector|namespaceSelector.matchExpressions[].operator",
        ),
        SELECT,
    ),
    (Pod("volumes[].hostPath.type"), HOST_PATHS),
    (Pod("volumes[].ephemeral.volumeClaimTemplate.spec.accessModes[]"), ACCESS),
    (Pod("volumes[].ephemeral.volumeClaimTemplate.spec.volumeMode"), &["Block", "Filesystem"]),
    (Pod("volumes[].image.pullPolicy"), &["Always", "IfNotPresent", "Never"]),
    (Of(DEPLOYMENTS, "spec.strategy.type"), &["Recreate", "RollingUpdate"]),
    (Of(SETS, "spec.updateStrategy.type"), &["RollingUpdate", "OnDelete"]),
    (Of(&["StatefulSet"], "spec.podManagementPolicy"), &["OrderedReady", "Parallel"]),
    (
        Of(&["StatefulSet"], "spec.persistentVolumeClaimRetentionPolicy.whenDeleted|whenScaled"),
        &["Retain", "Delete"],
    ),
    (Of(&["StatefulSet"], "spec.volumeClaimTemplates[].spec.accessModes[]"), ACCESS),
    (Of(SELECTING, "spec.selector.matchExpressions[].operator"), SELECT),
    (Of(&["Job"], "spec.completionMode"), &["NonIndexed", "Indexed"]),
    (Of(&["Job"], "spec.podReplacementPolicy"), &["TerminatingOrFailed", "Failed"]),
    (Of(&["Job"], "spec.podFailurePolicy.rules[].action"), &["FailJob", "FailIndex", "Ignore", "Count"]),
    (Of(&["CronJob"], "spec.concurrencyPolicy"), &["Allow", "Forbid", "Replace"]),
    (Of(&["CronJob"], "spec.jobTemplate.spec.completionMode"), &["NonIndexed", "Indexed"]),
    (Of(&["CronJob"], "spec.jobTemplate.spec.podReplacementPolicy"), &["TerminatingOrFailed", "Failed"]),
    (Of(SERVICES, "spec.type"), &["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]),
    (Of(SERVICES, "spec.ports[].protocol"), PROTOCOLS),
    (Of(SERVICES, "spec.sessionAffinity"), &["ClientIP", "None"]),
    (Of(SERVICES, "spec.externalTrafficPolicy|internalTrafficPolicy"), &["Cluster", "Local"]),
    (Of(SERVICES, "spec.ipFamilyPolicy"), &["SingleStack", "PreferDualStack", "RequireDualStack"]),
    (Of(SERVICES, "spec.ipFamilies[]"), &["IPv4", "IPv6"]),
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
    (Of(&["NetworkPolicy"], "spec.policyTypes[]"), &["Ingress", "Egress"]),
    (Of(&["NetworkPolicy"], "spec.ingress|egress[].ports[].protocol"), PROTOCOLS),
    (Of(&["NetworkPolicy"], "spec.podSelector.matchExpressions[].operator"), SELECT),
    (
        Of(
            &["NetworkPolicy"],
            "spec.ingress|egress[].from|to[].podSelector|namespaceSelector.matchExpressions[].operator",
        ),
        SELECT,
    ),
    (Of(CLAIMS, "spec.accessModes[]"), ACCESS),
    (Of(CLAIMS, "spec.volumeMode"), &["Block", "Filesystem"]),
    (Of(&["PersistentVolume"], "spec.persistentVolumeReclaimPolicy"), &["Delete", "Recycle", "Retain"]),
    (Of(&["PersistentVolume"], "spec.hostPath.type"), HOST_PATHS),
    (Of(&["StorageClass"], "reclaimPolicy"), &["Delete", "Retain"]),
    (Of(&["StorageClass"], "volumeBindingMode"), &["Immediate", "WaitForFirstConsumer"]),
    (Of(&["PriorityClass"], "preemptionPolicy"), &["PreemptLowerPriority", "Never"]),
    (
        Of(&["ResourceQuota"], "spec.scopes[]"),
        &[
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "CrossNamespacePodAffinity",
            "VolumeAttributesClass",
        ],
    ),
    (Of(&["ResourceQuota"], "spec.scopeSelector.matchExpressions[].operator"), SELECT),
    (Of(&["RoleBinding"], "roleRef.kind"), &["Role", "ClusterRole"]),
    (Of(&["ClusterRoleBinding"], "roleRef.kind"), &["ClusterRole"]),
    (Of(BINDINGS, "roleRef.apiGroup"), &["rbac.authorization.k8s.io"]),
    (Of(BINDINGS, "subjects[].kind"), &["ServiceAccount", "User", "Group"]),
    (
        Of(&["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"], "webhooks[].failurePolicy"),
        &["Ignore", "Fail"],
    ),
    (
        Of(&["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"], "webhooks[].matchPolicy"),
        &["Exact", "Equivalent"],
    ),
    (Of(&["EndpointSlice"], "addressType"), &["IPv4", "IPv6", "FQDN"]),
];
