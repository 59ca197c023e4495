//! Fields of numbers, with the least and the most that they take; from `pkg/apis/*/validation` of Kubernetes 1.36.

use std::ops::RangeInclusive;

use super::Where::{Container, Handler, Job, Of, Pod, Projection, Scheduled};
use super::{Fields, Where};

const INT32: i64 = i32::MAX as i64;
const FROM_0: RangeInclusive<i64> = 0..=i64::MAX;
const FROM_1: RangeInclusive<i64> = 1..=i64::MAX;
const PORT: RangeInclusive<i64> = 1..=65535;
const PORT_OR_NONE: RangeInclusive<i64> = 0..=65535;
const MODE: RangeInclusive<i64> = 0..=0o777;
const ID: RangeInclusive<i64> = 0..=INT32;

const REPLICATED: &[&str] = &["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];
const READY: &[&str] = &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"];
const AUTOSCALERS: &[&str] = &["HorizontalPodAutoscaler"];
const SERVICES: &[&str] = &["Service"];

const RANGES: &[(Where, RangeInclusive<i64>)] = &[
    (Container("securityContext.runAsUser|runAsGroup"), ID),
    (Scheduled("ports[].containerPort"), PORT),
    (Scheduled("ports[].hostPort"), PORT_OR_NONE),
    (Handler("initialDelaySeconds|timeoutSeconds|periodSeconds|successThreshold|failureThreshold"), FROM_0),
    (Scheduled("livenessProbe|startupProbe.terminationGracePeriodSeconds"), FROM_1),
    (Handler("httpGet|tcpSocket|grpc.port"), PORT),
    (Pod("activeDeadlineSeconds"), 1..=INT32),
    (Pod("securityContext.runAsUser|runAsGroup|fsGroup"), ID),
    (Pod("securityContext.supplementalGroups[]"), ID),
    (Pod("volumes[].configMap|secret|downwardAPI|projected.defaultMode"), MODE),
    (Projection("configMap|secret|downwardAPI.items[].mode"), MODE),
    (Pod("volumes[].projected.sources[].serviceAccountToken.expirationSeconds"), 600..=1 << 32),
    (Pod("topologySpreadConstraints[].maxSkew|minDomains"), FROM_1),
    (
        Pod(
            "affinity.nodeAffinity|podAffinity|podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].weight",
        ),
        1..=100,
    ),
    (Of(REPLICATED, "spec.replicas"), FROM_0),
    (Of(READY, "spec.minReadySeconds"), FROM_0),
    (Of(&["Deployment", "DaemonSet"], "spec.revisionHistoryLimit"), FROM_0),
    (Of(&["Deployment"], "spec.progressDeadlineSeconds"), FROM_0),
    (Of(&["Deployment"], "spec.strategy.rollingUpdate.maxSurge|maxUnavailable"), FROM_0),
    (Of(&["DaemonSet"], "spec.updateStrategy.rollingUpdate.maxSurge|maxUnavailable"), FROM_0),
    (Of(&["StatefulSet"], "spec.updateStrategy.rollingUpdate.partition"), FROM_0),
    (Of(&["StatefulSet"], "spec.ordinals.start"), FROM_0),
    (
        Job(
            "parallelism|completions|activeDeadlineSeconds|backoffLimit|ttlSecondsAfterFinished|backoffLimitPerIndex|maxFailedIndexes",
        ),
        FROM_0,
    ),
    (
        Of(&["CronJob"], "spec.startingDeadlineSeconds|successfulJobsHistoryLimit|failedJobsHistoryLimit"),
        FROM_0,
    ),
    // `HPAScaleToZero` lets none be the least; clusters have it off.
    (Of(AUTOSCALERS, "spec.minReplicas|maxReplicas"), FROM_1),
    (
        Of(
            AUTOSCALERS,
            "spec.metrics[].resource|containerResource|pods|object|external.target.averageUtilization",
        ),
        FROM_1,
    ),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.stabilizationWindowSeconds"), 0..=3600),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.policies[].value"), FROM_1),
    (Of(AUTOSCALERS, "spec.behavior.scaleUp|scaleDown.policies[].periodSeconds"), 1..=1800),
    (Of(&["PodDisruptionBudget"], "spec.minAvailable|maxUnavailable"), FROM_0),
    (Of(SERVICES, "spec.ports[].port"), PORT),
    (Of(SERVICES, "spec.ports[].targetPort"), PORT_OR_NONE),
    (Of(SERVICES, "spec.sessionAffinityConfig.clientIP.timeoutSeconds"), 1..=86400),
    (Of(SERVICES, "spec.healthCheckNodePort"), PORT_OR_NONE),
    (Of(&["Ingress"], "spec.rules[].http.paths[].backend.service.port.number"), PORT_OR_NONE),
    (Of(&["Ingress"], "spec.defaultBackend.service.port.number"), PORT_OR_NONE),
    (Of(&["NetworkPolicy"], "spec.ingress|egress[].ports[].port|endPort"), PORT),
    // Higher ones are Kubernetes' own, of which there are two.
    (Of(&["PriorityClass"], "value"), -2_147_483_648..=2_000_001_000),
    (
        Of(&["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"], "webhooks[].timeoutSeconds"),
        1..=30,
    ),
    (
        Of(
            &["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
            "webhooks[].clientConfig.service.port",
        ),
        PORT,
    ),
];

/// Each field, with the least and the most that it takes.
pub static FIELDS: Fields<RangeInclusive<i64>> = Fields::new(RANGES);
