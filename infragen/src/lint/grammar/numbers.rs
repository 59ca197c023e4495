//! Fields of numbers, with the least and the most that they take; from `pkg/apis/*/validation` of Kubernetes 1.36.

use super::Where::{self, Of, Pod};

const ANY: i64 = i64::MAX;
const INT32: i64 = i32::MAX as i64;
const PORT: i64 = 65535;
const REPLICATED: &[&str] = &["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];
const READY: &[&str] = &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"];
const AUTOSCALERS: &[&str] = &["HorizontalPodAutoscaler"];
const SERVICES: &[&str] = &["Service"];

/// Each field, with the least and the most that it takes.
pub const FIELDS: &[(Where, i64, i64)] = &[
    (Pod("activeDeadlineSeconds"), 1, INT32),
    (Pod("initContainers|containers[].ports[].containerPort"), 1, PORT),
    (Pod("initContainers|containers[].ports[].hostPort"), 0, PORT),
    (
        Pod(
            "initContainers|containers[].livenessProbe|readinessProbe|startupProbe.initialDelaySeconds|timeoutSeconds|periodSeconds|successThreshold|failureThreshold",
        ),
        0,
        ANY,
    ),
    (Pod("initContainers|containers[].livenessProbe|startupProbe.terminationGracePeriodSeconds"), 1, ANY),
    (
        Pod(
            "initContainers|containers[].livenessProbe|readinessProbe|startupProbe.httpGet|tcpSocket|grpc.port",
        ),
        1,
        PORT,
    ),
    (Pod("initContainers|containers[].lifecycle.postStart|preStop.httpGet|tcpSocket.port"), 1, PORT),
    (Pod("initContainers|containers|ephemeralContainers[].securityContext.runAsUser|runAsGroup"), 0, INT32),
    (Pod("securityContext.runAsUser|runAsGroup|fsGroup"), 0, INT32),
    (Pod("securityContext.supplementalGroups[]"), 0, INT32),
    (Pod("volumes[].configMap|secret|downwardAPI|projected.defaultMode"), 0, 0o777),
    (Pod("volumes[].configMap|secret|downwardAPI.items[].mode"), 0, 0o777),
    (Pod("volumes[].projected.sources[].configMap|secret|downwardAPI.items[].mode"), 0, 0o777),
    (Pod("volumes[].projected.sources[].serviceAccountToken.expirationSeconds"), 600, 1 << 32),
    (Pod("topologySpreadConstraints[].maxSkew|minDomains"), 1, ANY),
    (
        Pod(
            "affinity.nodeAffinity|podAffinity|podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].weight",
        ),
        1,
        100,
    ),
    (Of(REPLICATED, "spec.replicas"), 0, ANY),
    (Of(READY, "spec.minReadySeconds"), 0, ANY),
    (Of(&["Deployment", "DaemonSet"], "spec.revisionHistoryLimit"), 0, ANY),
    (Of(&["Deployment"], "spec.progressDeadlineSeconds"), 0, ANY),
    (Of(&["Deployment"], "spec.strategy.rollingUpdate.maxSurge|maxUnavailable"), 0, ANY),
    (Of(&["DaemonSet"], "spec.updateStrategy.rollingUpdate.maxSurge|maxUnavailable"), 0, ANY),
    (Of(&["StatefulSet"], "spec.updateStrategy.rollingUpdate.partition"), 0, ANY),
    (Of(&["StatefulSet"], "spec.ordinals.start"), 0, ANY),
    (
        Of(
            &["Job"],
            "spec.parallelism|completions|activeDeadlineSeconds|backoffLimit|ttlSecondsAfterFinished|backoffLimitPerIndex|maxFailedIndexes",
        ),
        0,
        ANY,
    ),
    (
        Of(&["CronJob"], "spec.startingDeadlineSeconds|successfulJobsHistoryLimit|failedJobsHistoryLimit"),
        0,
        ANY,
    ),
    (
        Of(
            &["CronJob"],
            "spec.jobTemplate.spec.parallelism|completions|activeDeadlineSeconds|backoffLimit|ttlSecondsAfterFinished|backoffLimitPerIndex|maxFailedIndexes",
        ),
        0,
        ANY,
    ),
    // `HPAScaleToZero` lets none be the least; clusters have it off.
    (Of(AUTOSCALERS, "spec.minReplicas|maxReplicas"), 1, ANY),
    (
        Of(
            AUTOSCALERS,
            "spec.metrics[].resource|containerResource|pods|object|external.target.averageUtilization",
        ),
        1,
        ANY,
    ),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.stabilizationWindowSeconds"), 0, 3600),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.policies[].value"), 1, ANY),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.policies[].periodSeconds"), 1, 1800),
    (Of(&["PodDisruptionBudget"], "spec.minAvailable|maxUnavailable"), 0, ANY),
    (Of(SERVICES, "spec.ports[].port"), 1, PORT),
    (Of(SERVICES, "spec.ports[].targetPort"), 0, PORT),
    (Of(SERVICES, "spec.sessionAffinityConfig.clientIP.timeoutSeconds"), 1, 86400),
    (Of(SERVICES, "spec.healthCheckNodePort"), 0, PORT),
    (Of(&["Ingress"], "spec.rules[].http.paths[].backend.service.port.number"), 0, PORT),
    (Of(&["Ingress"], "spec.defaultBackend.service.port.number"), 0, PORT),
    (Of(&["NetworkPolicy"], "spec.ingress|egress[].ports[].port|endPort"), 1, PORT),
    // Higher ones are Kubernetes' own, of which there are two.
    (Of(&["PriorityClass"], "value"), -2_147_483_648, 2_000_001_000),
    (
        Of(&["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"], "webhooks[].timeoutSeconds"),
        1,
        30,
    ),
];
