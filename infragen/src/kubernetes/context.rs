//! What renderers share: names, labels, selectors, and which image runs.

use std::cell::RefCell;
use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

use crate::origin::{Chosen, Origin};
use crate::settings::Settings;
use crate::spec::pipeline::Registry;
use crate::spec::quantity::{ImageRef, LabelValue, SemanticVersion};
use crate::spec::{Base, Environment, Image, Job, Runs};

/// `app.kubernetes.io/managed-by`.
pub(super) const MANAGER: &str = "infragen";

/// The longest value that a label may have.
pub(super) const LONGEST_LABEL: usize = 63;

/// The environment that is rendered, and the run's settings.
pub(super) struct Context<'a> {
    pub(super) environment: &'a Environment,
    pub(super) settings: &'a Settings,
    /// What jobs' objects are called, by the jobs' names: a hash of a whole Pod is made once.
    job_names: RefCell<Texts>,
}

/// Labels, annotations and the like.
pub(super) type Texts = BTreeMap<String, String>;

impl<'a> Context<'a> {
    pub(super) const fn new(environment: &'a Environment, settings: &'a Settings) -> Self {
        Self { environment, settings, job_names: RefCell::new(Texts::new()) }
    }

    pub(super) fn workloads(&self) -> impl Iterator<Item = &'a Runs> + use<'a> {
        self.environment.contents.workloads.iter()
    }

    /// What a workload is selected by. It never changes, since a Deployment's selector must not.
    pub(super) fn selector_labels(&self, name: &str) -> Texts {
        Texts::from([
            ("app.kubernetes.io/name".to_owned(), name.to_owned()),
            ("app.kubernetes.io/instance".to_owned(), self.instance(name)),
        ])
    }

    /// What tells the same thing in two environments apart: `app.kubernetes.io/instance`, as long as a label may be.
    fn instance(&self, name: &str) -> String {
        within(format!("{name}-{}", self.environment.name), LONGEST_LABEL)
    }

    pub(super) fn selector(&self, name: &str) -> LabelSelector {
        LabelSelector { match_labels: Some(self.selector_labels(name)), match_expressions: None }
    }

    /// The labels of what belongs to the environment as a whole.
    pub(super) fn labels(&self) -> Texts {
        let system = self.environment.part_of.value.as_str();
        let mut labels = Texts::from(
            [
                ("app.kubernetes.io/name", system.to_owned()),
                ("app.kubernetes.io/instance", self.instance(system)),
                ("app.kubernetes.io/component", "environment".to_owned()),
                ("app.kubernetes.io/part-of", system.to_owned()),
                ("app.kubernetes.io/managed-by", MANAGER.to_owned()),
                ("infragen.dev/environment", self.environment.name.to_string()),
            ]
            .map(|(key, value)| (key.to_owned(), value)),
        );
        labels.extend(
            self.environment
                .labels
                .iter()
                .map(|label| (label.value.0.to_string(), label.value.1.to_string())),
        );
        labels
    }

    /// The labels of what belongs to a workload.
    pub(super) fn workload_labels(&self, base: &Base) -> Texts {
        let mut labels = self.labels();
        labels.extend(self.selector_labels(base.name.as_str()));
        labels.insert("app.kubernetes.io/component".to_owned(), base.component.to_owned());
        if let Some(version) = self.version(base) {
            labels.insert("app.kubernetes.io/version".to_owned(), version);
        }
        labels
    }

    /// Metadata of an object in the environment's namespace.
    pub(super) fn metadata(&self, name: &str, labels: Texts) -> ObjectMeta {
        ObjectMeta {
            name: Some(name.to_owned()),
            namespace: Some(self.environment.namespace.value.to_string()),
            labels: Some(labels),
            ..ObjectMeta::default()
        }
    }

    /// Metadata of an object of the whole cluster.
    pub(super) fn cluster_metadata(&self, name: &str, labels: Texts) -> ObjectMeta {
        ObjectMeta { name: Some(name.to_owned()), labels: Some(labels), ..ObjectMeta::default() }
    }

    /// The name of something that belongs to the whole cluster and to this environment: nobody else has it.
    pub(super) fn cluster_name(&self, name: &str) -> String {
        format!("{}-{name}", self.environment.namespace.value)
    }

    /// The account that images and roles are in.
    pub(super) fn account(&self) -> Option<Chosen<String>> {
        if let Some(account) = &self.settings.account {
            return Some(Chosen { value: account.to_string(), origin: self.settings.origin("account") });
        }
        self.environment.account.as_ref().map(|account| account.with(account.value.to_string()))
    }

    /// A registry, in the account that the run says where it is the environment's own.
    pub(super) fn registry(&self, registry: &Registry) -> Registry {
        let own = self.environment.account.as_ref().is_some_and(|account| account.value == registry.account);
        match &self.settings.account {
            Some(account) if own => Registry::ecr(account.clone(), registry.region.clone()),
            _ => registry.clone(),
        }
    }

    /// What a workload's container runs, and why.
    pub(super) fn image(&self, base: &Base) -> Chosen<String> {
        let Some(image) = &base.image else { return Chosen::default(String::new(), "no image was given") };
        match &image.value {
            Image::Fixed(fixed) => image.with(fixed.to_string()),
            Image::Released { repository, version } => {
                let registry = self.registry(&repository.registry);
                let repository = &repository.name;
                let path = format!("{}/{repository}", registry.host());
                let (suffix, origin) = self.release(repository.as_str(), version, &image.origin);
                Chosen { value: format!("{path}{suffix}"), origin }
            }
        }
    }

    /// Which release of a repository runs: a digest before a tag before the version of all before the environment's.
    fn release(&self, repository: &str, version: &SemanticVersion, written: &Origin) -> (String, Origin) {
        let image = self.settings.images.get(repository);
        if let Some(digest) = image.and_then(|image| image.digest.as_ref()) {
            let origin = self.settings.origin(&format!("images.{repository}.digest"));
            return (format!("@{digest}"), origin);
        }
        if let Some(tag) = image.and_then(|image| image.tag.as_ref()) {
            let origin = self.settings.origin(&format!("images.{repository}.tag"));
            return (format!(":{tag}"), origin);
        }
        if let Some(version) = &self.settings.version {
            return (format!(":{}", version.tag()), self.settings.origin("version"));
        }
        (format!(":{}", version.tag()), written.clone())
    }

    /// `app.kubernetes.io/version`: the tag that runs, where a label may hold it; a digest alone is no version.
    fn version(&self, base: &Base) -> Option<String> {
        let image = self.image(base).value;
        let reference = ImageRef::parse(&image).ok()?;
        reference.tag().filter(|tag| LabelValue::parse(tag).is_ok()).map(str::to_owned)
    }

    /// What a workload's object is called. A job's name holds a hash of what it does, since a Job cannot be changed.
    pub(super) fn object_name(&self, workload: &Runs) -> String {
        match workload {
            Runs::Job(job) => self.job_name(job),
            other => other.base().name.to_string(),
        }
    }

    /// What a job's object is called.
    pub(super) fn job_name(&self, job: &Job) -> String {
        if let Some(known) = self.job_names.borrow().get(job.base.name.as_str()) {
            return known.clone();
        }
        let name = super::job::name(self, job);
        self.job_names.borrow_mut().insert(job.base.name.to_string(), name.clone());
        name
    }

    /// Whether the cluster is EKS, whose load balancers take annotations.
    pub(super) const fn is_eks(&self) -> bool {
        self.environment.cluster.region().is_some()
    }
}

/// A name, or where it is longer than may be, its beginning with a hash of all of it.
pub(super) fn within(name: String, longest: usize) -> String {
    if name.len() <= longest {
        return name;
    }
    let hash = hash([name.as_str()], 10);
    let beginning = name.get(..longest - hash.len() - 1).unwrap_or_default();
    let beginning = beginning.trim_end_matches(|last: char| !last.is_ascii_alphanumeric());
    format!("{beginning}-{hash}")
}

/// The first hexadecimal digits of the SHA-256 of some texts, which tells a change.
pub(super) fn hash<'t>(texts: impl IntoIterator<Item = &'t str>, digits: usize) -> String {
    use sha2::{Digest, Sha256};
    let mut sha = Sha256::new();
    for text in texts {
        sha.update(text.len().to_le_bytes());
        sha.update(text.as_bytes());
    }
    let mut hash: String = sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    hash.truncate(digits);
    hash
}
