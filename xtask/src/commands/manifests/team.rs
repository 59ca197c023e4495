//! A team: its namespace, and the applications in it, each with all that belongs to it.

use super::random::Random;
use super::{access, configuration, dress, network, workload};

/// A file, and what is in it.
pub(super) struct File {
    pub(super) name: String,
    pub(super) text: String,
}

pub(super) struct Team {
    /// The folder and the namespace.
    pub(super) name: String,
    pub(super) owner: &'static str,
}

/// What runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A Deployment behind a Service and an Ingress, scaled.
    Web,
    /// A Deployment that nobody calls.
    Worker,
    /// A StatefulSet with a volume each.
    Store,
    /// A DaemonSet.
    Agent,
    /// A CronJob.
    Schedule,
    /// A Job.
    Once,
}

pub(super) struct App {
    pub(super) team: String,
    pub(super) owner: &'static str,
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) version: String,
    pub(super) digest: String,
    pub(super) port: usize,
    pub(super) replicas: usize,
    pub(super) memory: &'static str,
    pub(super) cpu: &'static str,
    /// Whether its settings come from a Secret too.
    pub(super) has_secret: bool,
    /// Whether it keeps files.
    pub(super) has_volume: bool,
}

const AREAS: [&str; 12] = [
    "billing", "search", "catalog", "identity", "shipping", "pricing", "media", "ledger", "support", "risk",
    "orders", "insight",
];
const PARTS: [&str; 12] = [
    "api", "gateway", "events", "index", "mailer", "reports", "cache", "sync", "audit", "portal", "import",
    "rates",
];
const OWNERS: [&str; 4] = ["platform", "commerce", "data", "customer-care"];
const SHAPES: [Shape; 8] = [
    Shape::Web,
    Shape::Worker,
    Shape::Web,
    Shape::Store,
    Shape::Web,
    Shape::Schedule,
    Shape::Agent,
    Shape::Once,
];

impl Team {
    pub(super) fn new(number: usize, random: &mut Random) -> Self {
        Self { name: format!("{}-{number:04}", random.one(&AREAS)), owner: random.one(&OWNERS) }
    }

    /// All its files.
    pub(super) fn files(&self, random: &mut Random) -> Vec<File> {
        let mut files = vec![
            file("000-namespace", access::namespace(self)),
            file("010-limits", access::limits(self)),
            file("020-default-deny", network::default_deny(self)),
            file("030-reader", access::reader(self)),
        ];
        let first = random.below(SHAPES.len());
        for number in 0..4 + random.below(3) {
            let app = self.app(number, SHAPES[(first + number) % SHAPES.len()], random);
            files.extend(app.files(random));
        }
        files.into_iter().map(|file| dress::dress(file, random)).collect()
    }

    fn app(&self, number: usize, shape: Shape, random: &mut Random) -> App {
        App {
            team: self.name.clone(),
            owner: self.owner,
            name: format!("{}-{number}", random.one(&PARTS)),
            shape,
            version: format!("{}.{}.{}", 1 + random.below(6), random.below(20), random.below(10)),
            digest: random.hex(64),
            port: 8000 + random.below(1000),
            replicas: 2 + random.below(3),
            memory: random.one(&["128Mi", "256Mi", "512Mi", "1Gi"]),
            cpu: random.one(&["50m", "100m", "250m"]),
            has_secret: random.is(50),
            has_volume: random.is(25),
        }
    }
}

impl App {
    /// Whether somebody connects to it.
    pub(super) fn listens(&self) -> bool {
        matches!(self.shape, Shape::Web | Shape::Store)
    }

    fn files(&self, random: &mut Random) -> Vec<File> {
        let name = &self.name;
        let mut files = vec![
            file(&format!("{name}-account"), access::account(self)),
            file(&format!("{name}-settings"), configuration::settings(self, random)),
            file(&format!("{name}-{}", self.shape.kind().to_lowercase()), workload::workload(self, random)),
            file(&format!("{name}-policy"), network::policy(self)),
        ];
        let mut add = |what: &str, text: String| files.push(file(&format!("{name}-{what}"), text));
        if self.has_secret {
            add("credentials", configuration::credentials(self));
        }
        if self.has_volume && self.shape != Shape::Store {
            add("files", configuration::claim(self));
        }
        if self.listens() {
            add("service", network::service(self));
        }
        if self.shape == Shape::Web {
            add("ingress", network::ingress(self));
            add("autoscaler", network::autoscaler(self));
        }
        if matches!(self.shape, Shape::Web | Shape::Worker | Shape::Store) {
            add("budget", network::budget(self));
        }
        if self.shape == Shape::Agent {
            add("role", access::role(self));
        }
        files
    }
}

impl Shape {
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Web | Self::Worker => "Deployment",
            Self::Store => "StatefulSet",
            Self::Agent => "DaemonSet",
            Self::Schedule => "CronJob",
            Self::Once => "Job",
        }
    }
}

fn file(name: &str, text: String) -> File {
    File { name: format!("{name}.yaml"), text }
}

/// `metadata` of what belongs to an application, and what stands before it.
pub(super) fn head(app: &App, api_version: &str, kind: &str, name: &str) -> String {
    let App { team, owner, name: app_name, version, .. } = app;
    format!(
        "apiVersion: {api_version}
kind: {kind}
metadata:
  name: {name}
  namespace: {team}
  labels:
    app.kubernetes.io/name: {app_name}
    app.kubernetes.io/instance: {app_name}-{team}
    app.kubernetes.io/part-of: {team}
    app.kubernetes.io/version: \"{version}\"
    app.kubernetes.io/managed-by: pipeline
    owner: {owner}
  annotations:
    example.com/repository: https://git.example.com/{team}/{app_name}
    example.com/change: \"{version}, reviewed by {owner}\"
"
    )
}

/// The labels that select an application's Pods, as lines.
pub(super) fn selector(app: &App, indent: usize) -> String {
    let lines =
        format!("app.kubernetes.io/name: {}\napp.kubernetes.io/instance: {0}-{}\n", app.name, app.team);
    indented(&lines, indent)
}

/// The same lines, further to the right.
pub(super) fn indented(lines: &str, by: usize) -> String {
    let blank = " ".repeat(by);
    lines
        .lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{blank}{line}\n") })
        .collect()
}
