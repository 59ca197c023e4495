//! An environment: one namespace of one cluster, and everything in it.

mod check;
mod contents;

pub(crate) use contents::{Contents, Runs, Server};

use super::cluster::Cluster;
use super::extra::ExtraManifest;
use super::pipeline::Pipeline;
use super::policies::{LimitRange, PodSecurity, Priority, PriorityHandle, Quota};
use super::problem::{Problem, Problems};
use super::quantity::{AccountId, DnsLabel, Input, LabelKey, LabelValue, Percent};
use super::secrets::{DeclaredExternal, External, ExternalHandle, ExternalSecret, SecretHandle};
use crate::origin::{Chosen, Origin};

/// One namespace of one cluster, and everything that is deployed to it.
#[derive(Clone, Debug)]
pub struct Environment {
    pub(crate) name: DnsLabel,
    pub(crate) origin: Origin,
    pub(crate) cluster: Cluster,
    pub(crate) account: Option<Chosen<AccountId>>,
    pub(crate) namespace: Chosen<DnsLabel>,
    pub(crate) part_of: Chosen<LabelValue>,
    pub(crate) labels: Vec<Chosen<(LabelKey, LabelValue)>>,
    pub(crate) namespace_labels: Vec<Chosen<(LabelKey, LabelValue)>>,
    pub(crate) pod_security: Chosen<PodSecurity>,
    pub(crate) quota: Option<Chosen<Quota>>,
    pub(crate) limit_range: Option<Chosen<LimitRange>>,
    pub(crate) priorities: Vec<Priority>,
    pub(crate) externals: Vec<DeclaredExternal>,
    pub(crate) secrets: Vec<ExternalSecret>,
    pub(crate) extras: Vec<ExtraManifest>,
    pub(crate) contents: Contents,
    pub(crate) pipeline: Option<Pipeline>,
    pub(crate) waivers: Vec<EnvironmentWaiver>,
    pub(crate) problems: Problems,
}

/// A rule that an environment breaks on purpose.
#[derive(Clone, Debug)]
pub(crate) struct EnvironmentWaiver {
    pub(crate) rule: String,
    pub(crate) object: Option<String>,
    pub(crate) reason: String,
    pub(crate) origin: Origin,
}

impl Environment {
    /// An environment of this name in a cluster that exists already.
    ///
    /// Without more said, its namespace has its name, Pod Security is `restricted`, and quota and limit range
    /// are derived from what runs in it.
    #[must_use]
    #[track_caller]
    pub fn new(name: impl Input<DnsLabel>, cluster: Cluster) -> Self {
        let mut problems = Problems::default();
        let name = problems.take("name", name).map_or(crate::name!("unnamed"), |name| name.value);
        problems.extend(cluster.problems.clone());
        Self {
            namespace: Chosen::default(name.clone(), "the environment's own name"),
            part_of: Chosen::default(part_of(&name), "the environment's own name"),
            name,
            origin: Origin::here(),
            cluster,
            account: None,
            labels: Vec::new(),
            namespace_labels: Vec::new(),
            pod_security: Chosen::default(PodSecurity::Restricted, "only hardened Pods are taken"),
            quota: Some(Chosen::default(
                Quota::Derived { headroom: crate::percent!(20) },
                "what all workloads ask for at most, and a fifth more, so that a mistake stops at the namespace",
            )),
            limit_range: Some(Chosen::default(
                LimitRange::Derived,
                "from the smallest to the largest container, so that no Pod asks for nothing or for everything",
            )),
            priorities: Vec::new(),
            externals: Vec::new(),
            secrets: Vec::new(),
            extras: Vec::new(),
            contents: Contents::default(),
            pipeline: None,
            waivers: Vec::new(),
            problems,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &DnsLabel {
        &self.name
    }

    /// The AWS account that its registry and roles are in.
    #[must_use]
    #[track_caller]
    pub fn account(mut self, account: impl Input<AccountId>) -> Self {
        self.account = self.problems.take("account", account).or(self.account);
        self
    }

    /// The namespace that it is deployed to, and which is its own.
    #[must_use]
    #[track_caller]
    pub fn namespace(mut self, namespace: impl Input<DnsLabel>) -> Self {
        if let Some(namespace) = self.problems.take("namespace", namespace) {
            self.namespace = namespace;
        }
        self
    }

    /// The system that it is an environment of: the label `app.kubernetes.io/part-of`, the same in all of them.
    #[must_use]
    #[track_caller]
    pub fn part_of(mut self, system: impl Input<LabelValue>) -> Self {
        if let Some(system) = self.problems.take("part_of", system) {
            self.part_of = system;
        }
        self
    }

    /// Who answers for it: the label `infragen.dev/owner`.
    #[must_use]
    #[track_caller]
    pub fn owner(self, owner: impl Input<LabelValue>) -> Self {
        self.label(crate::label_key!("infragen.dev/owner"), owner)
    }

    /// Who pays for it: the label `infragen.dev/cost-center`.
    #[must_use]
    #[track_caller]
    pub fn cost_center(self, cost_center: impl Input<LabelValue>) -> Self {
        self.label(crate::label_key!("infragen.dev/cost-center"), cost_center)
    }

    /// A label on every object.
    #[must_use]
    #[track_caller]
    pub fn label(mut self, key: impl Input<LabelKey>, value: impl Input<LabelValue>) -> Self {
        let key = self.problems.take("label", key);
        let value = self.problems.take("label", value);
        if let (Some(key), Some(value)) = (key, value) {
            self.labels.push(Chosen::here((key.value, value.value)));
        }
        self
    }

    /// A label on the namespace alone, such as the one that asks for an ALB's readiness gates.
    #[must_use]
    #[track_caller]
    pub fn namespace_label(mut self, key: impl Input<LabelKey>, value: impl Input<LabelValue>) -> Self {
        let key = self.problems.take("namespace_label", key);
        let value = self.problems.take("namespace_label", value);
        if let (Some(key), Some(value)) = (key, value) {
            self.namespace_labels.push(Chosen::here((key.value, value.value)));
        }
        self
    }

    /// How hardened Pods must be. Default: [`PodSecurity::Restricted`].
    #[must_use]
    #[track_caller]
    pub fn pod_security(mut self, level: PodSecurity) -> Self {
        self.pod_security = Chosen::here(level);
        self
    }

    /// How much it may ask for. Default: derived from its workloads, with a fifth more.
    #[must_use]
    #[track_caller]
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = Some(Chosen::here(quota));
        self
    }

    /// A quota derived from its workloads, with this much more.
    #[must_use]
    #[track_caller]
    pub fn quota_headroom(self, headroom: Percent) -> Self {
        self.quota(Quota::Derived { headroom })
    }

    /// What one container may ask for. Default: derived from its workloads.
    #[must_use]
    #[track_caller]
    pub fn limit_range(mut self, limit_range: LimitRange) -> Self {
        self.limit_range = Some(Chosen::here(limit_range));
        self
    }

    /// No quota and no limit range: somebody else sets them on the namespace.
    #[must_use]
    pub fn without_quota(mut self) -> Self {
        self.quota = None;
        self.limit_range = None;
        self
    }

    /// Breaks one rule on purpose for one object (`Kind/name`), and says why.
    #[must_use]
    #[track_caller]
    pub fn allow(
        mut self,
        rule: impl Into<String>,
        object: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        self.waivers.push(EnvironmentWaiver {
            rule: rule.into(),
            object: Some(object.into()),
            reason: reason.into(),
            origin: Origin::here(),
        });
        self
    }

    /// An object that exists already in the namespace, made by somebody else.
    #[track_caller]
    pub fn external(&mut self, external: External) -> ExternalHandle {
        let handle = ExternalHandle { name: external.name.clone() };
        self.externals.push(Chosen::here(external));
        handle
    }

    /// A Secret that External Secrets fetches from AWS Secrets Manager.
    pub fn secret(&mut self, secret: ExternalSecret) -> SecretHandle {
        let handle = SecretHandle { name: secret.name.clone() };
        self.secrets.push(secret);
        handle
    }

    /// A priority for workloads: higher goes first (at most 1,000,000,000); its object is the whole cluster's.
    #[track_caller]
    pub fn priority(
        &mut self,
        name: impl Input<DnsLabel>,
        value: i32,
        description: impl Into<String>,
    ) -> PriorityHandle {
        let name = self.problems.take("priority", name);
        let name = name.unwrap_or_else(|| Chosen::here(crate::name!("unnamed")));
        if value > 1_000_000_000 {
            self.problems.note(
                "priority",
                format!("{value} is over what users may give"),
                "give at most 1000000000".to_owned(),
            );
        }
        let handle = PriorityHandle { name: name.value.clone() };
        self.priorities.push(Priority { name, value, description: description.into(), preempts: true });
        handle
    }

    /// A manifest of the team's own.
    pub fn extra(&mut self, manifest: ExtraManifest) {
        self.extras.push(manifest);
    }

    /// The pipeline that builds its image and deploys it.
    pub fn pipeline(&mut self, pipeline: Pipeline) {
        self.pipeline = Some(pipeline);
    }

    /// The ECR repositories whose images run in it.
    pub(crate) fn repositories(&self) -> Vec<&str> {
        let images = self.contents.workloads.iter().filter_map(|workload| workload.base().image.as_ref());
        let mut repositories: Vec<&str> = images
            .filter_map(|image| match &image.value {
                super::Image::Released { repository, .. } => Some(repository.name.as_str()),
                super::Image::Fixed(_) => None,
            })
            .collect();
        repositories.sort_unstable();
        repositories.dedup();
        repositories
    }

    /// What was refused while it was described, and what does not fit together.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        self.contents.collect(&mut problems);
        if let Some(pipeline) = &self.pipeline {
            problems.extend(pipeline.problems.clone());
        }
        check::whole(self, &mut problems);
        problems.all().to_vec()
    }
}

/// Every name of an environment is a label's value too.
fn part_of(name: &DnsLabel) -> LabelValue {
    LabelValue::parse(name.as_str()).unwrap_or(crate::label_value!("unnamed"))
}
