//! Where fields stand that a grammar holds for, told as patterns.

/// Where fields stand, as a pattern: names between dots, `|` between names that are alike, `[]` behind a list and `{}`
/// behind a map of which each entry is meant.
#[derive(Clone, Copy, Debug)]
pub enum Where {
    /// In objects of these kinds; of every kind when there is none.
    Of(&'static [&'static str], &'static str),
    /// In the `spec` of a Pod or of a Pod template.
    Pod(&'static str),
    /// In the template of a Pod, or in the Pod itself.
    Template(&'static str),
    /// In every container.
    Container(&'static str),
    /// In init containers and containers.
    Scheduled(&'static str),
    /// In probes and hooks of init containers and containers.
    Handler(&'static str),
    /// In volumes of Pods, and in the sources of those that are projected.
    Projection(&'static str),
    /// In terms of affinity to Pods.
    PodTerm(&'static str),
    /// In terms that select nodes by their labels.
    NodeTerm(&'static str),
    /// In label selectors.
    Selector(&'static str),
    /// In tolerations of Pods and of runtimes.
    Toleration(&'static str),
    /// In claims: objects and templates.
    Claim(&'static str),
    /// In the `spec` of Jobs, and of the Jobs that a CronJob makes.
    Job(&'static str),
    /// In the `metadata` of objects and of Pod templates; nobody looks at those of Jobs and claims before they are made.
    Metadata(&'static str),
}

/// What a pattern begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Kinds(&'static [&'static str]),
    Pod,
    Template,
}

type Beginning = (Base, &'static str);

const SELECTING: &[&str] = &[
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "Job",
    "PodDisruptionBudget",
    "PersistentVolumeClaim",
];
const WEBHOOKS: &[&str] = &["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];

const CONTAINERS: &[Beginning] = &[(Base::Pod, "initContainers|containers|ephemeralContainers[]")];
const SCHEDULED: &[Beginning] = &[(Base::Pod, "initContainers|containers[]")];
const HANDLERS: &[Beginning] = &[
    (Base::Pod, "initContainers|containers[].livenessProbe|readinessProbe|startupProbe"),
    (Base::Pod, "initContainers|containers[].lifecycle.postStart|preStop"),
];
const PROJECTIONS: &[Beginning] = &[(Base::Pod, "volumes[]"), (Base::Pod, "volumes[].projected.sources[]")];
const POD_TERMS: &[Beginning] = &[
    (Base::Pod, "affinity.podAffinity|podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[]"),
    (
        Base::Pod,
        "affinity.podAffinity|podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm",
    ),
];
const NODE_TERMS: &[Beginning] = &[
    (Base::Pod, "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[]"),
    (Base::Pod, "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[].preference"),
    (Base::Kinds(&["PersistentVolume"]), "spec.nodeAffinity.required.nodeSelectorTerms[]"),
];
const SELECTORS: &[Beginning] = &[
    (Base::Kinds(SELECTING), "spec.selector"),
    (Base::Kinds(&["NetworkPolicy"]), "spec.podSelector"),
    (Base::Kinds(&["NetworkPolicy"]), "spec.ingress|egress[].from|to[].podSelector|namespaceSelector"),
    (Base::Kinds(&["StatefulSet"]), "spec.volumeClaimTemplates[].spec.selector"),
    (Base::Kinds(&["ClusterRole"]), "aggregationRule.clusterRoleSelectors[]"),
    (Base::Kinds(WEBHOOKS), "webhooks[].namespaceSelector|objectSelector"),
    (Base::Kinds(&["CronJob"]), "spec.jobTemplate.spec.selector"),
    (Base::Pod, "topologySpreadConstraints[].labelSelector"),
    (Base::Pod, "volumes[].ephemeral.volumeClaimTemplate.spec.selector"),
    (
        Base::Pod,
        "affinity.podAffinity|podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[].labelSelector|namespaceSelector",
    ),
    (
        Base::Pod,
        "affinity.podAffinity|podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm.labelSelector|namespaceSelector",
    ),
];
const TOLERATIONS: &[Beginning] =
    &[(Base::Pod, "tolerations[]"), (Base::Kinds(&["RuntimeClass"]), "scheduling.tolerations[]")];
const CLAIMS: &[Beginning] = &[
    (Base::Kinds(&["PersistentVolumeClaim"]), "spec"),
    (Base::Kinds(&["StatefulSet"]), "spec.volumeClaimTemplates[].spec"),
    (Base::Pod, "volumes[].ephemeral.volumeClaimTemplate.spec"),
];
const JOBS: &[Beginning] =
    &[(Base::Kinds(&["Job"]), "spec"), (Base::Kinds(&["CronJob"]), "spec.jobTemplate.spec")];
const METADATA: &[Beginning] = &[
    (Base::Kinds(&[]), "metadata"),
    (Base::Template, "metadata"),
    (Base::Pod, "volumes[].ephemeral.volumeClaimTemplate.metadata"),
];

impl Where {
    /// The beginnings of the ways, and what follows each.
    pub(super) const fn ways(self) -> (Ways, &'static str) {
        match self {
            Self::Of(kinds, pattern) => (Ways::One(Base::Kinds(kinds)), pattern),
            Self::Pod(pattern) => (Ways::One(Base::Pod), pattern),
            Self::Template(pattern) => (Ways::One(Base::Template), pattern),
            Self::Container(pattern) => (Ways::Many(CONTAINERS), pattern),
            Self::Scheduled(pattern) => (Ways::Many(SCHEDULED), pattern),
            Self::Handler(pattern) => (Ways::Many(HANDLERS), pattern),
            Self::Projection(pattern) => (Ways::Many(PROJECTIONS), pattern),
            Self::PodTerm(pattern) => (Ways::Many(POD_TERMS), pattern),
            Self::NodeTerm(pattern) => (Ways::Many(NODE_TERMS), pattern),
            Self::Selector(pattern) => (Ways::Many(SELECTORS), pattern),
            Self::Toleration(pattern) => (Ways::Many(TOLERATIONS), pattern),
            Self::Claim(pattern) => (Ways::Many(CLAIMS), pattern),
            Self::Job(pattern) => (Ways::Many(JOBS), pattern),
            Self::Metadata(pattern) => (Ways::Many(METADATA), pattern),
        }
    }
}

/// One beginning without a pattern of its own, or several with theirs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ways {
    One(Base),
    Many(&'static [Beginning]),
}
