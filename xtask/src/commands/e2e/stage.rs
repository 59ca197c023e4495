//! What stands around the environments: images, clients, databases outside the cluster, names.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::authority::Authority;
use super::cluster::Cluster;
use super::environment::Environment;
use super::guest::Guest;
use super::names;
use crate::commands::cluster::definitions::Definitions;
use crate::commands::cluster::kubectl::Kubectl;
use crate::commands::image::archive::Archive;
use crate::commands::image::engine::Engine;
use crate::commands::image::store;
use crate::console::note;
use crate::run::{command, run, text};

/// The namespace of everything that is not an environment's.
pub(super) const NAMESPACE: &str = "infragen-e2e";
/// A client on a Pod's network.
pub(super) const INSIDE: &str = "inside";
/// A client on the node's network, where a load balancer's requests come from.
pub(super) const NODE: &str = "node";
/// Signs the tokens of those who ask.
pub(super) const TOKEN_SECRET: &str = "only for this test: 32 bytes or more";
/// Passwords of the databases.
pub(super) const PASSWORD: &str = "only for this test: it's 'quoted'";

/// All of it, until it goes.
pub(super) struct Stage<'a> {
    pub(super) cluster: &'a Cluster,
    /// The repository that manifests name, and the version that they are rendered with.
    pub(super) repository: String,
    pub(super) version: String,
    pub(super) tools: String,
    /// The digest of the release `AGAIN`, where nodes have it by that.
    pub(super) digest: Option<String>,
    pub(super) folder: TempDir,
    _guest: Option<Guest<'a>>,
    _definitions: Option<Definitions<'a>>,
    _addresses: Vec<Address>,
}

/// The databases outside: whose environment they are, and an address that production's network policy opens.
const OUTSIDE: [(&str, &str); 2] = [("staging", "10.0.250.1"), ("prod", "10.0.250.2")];

/// The ends of later releases' versions.
pub(super) const AGAIN: &str = "-again";
pub(super) const CRASHES: &str = "-crashes";
pub(super) const SILENT: &str = "-silent";

/// What releases after the first are: the same again, one that ends at once, and one that is never ready.
const RELEASES: [(&str, &str, &str); 4] = [
    ("", "IMAGE", "LABEL org.opencontainers.image.description=\"as it was built\""),
    (AGAIN, "IMAGE", "LABEL org.opencontainers.image.description=\"the same again\""),
    (CRASHES, "IMAGE", "ENTRYPOINT [\"/coworking-analytics\", \"no-such-command\"]"),
    (SILENT, "TOOLS", "ENTRYPOINT [\"sleep\", \"3600\"]"),
];

impl<'a> Stage<'a> {
    /// Makes and loads images, starts clients and databases.
    pub(super) fn set(engine: &Engine, built: &str, cluster: &'a Cluster) -> anyhow::Result<Self> {
        let guest = if cluster.is_test() { None } else { Some(Guest::new(cluster)?) };
        if cluster.is_test() {
            clear(cluster)?;
        }
        let folder = tempfile::tempdir()?;
        let authority = Authority::make(folder.path())?;
        let tools = store::tools(engine)?;
        let (repository, version) = built.rsplit_once(':').context("the image has no tag")?;
        let mut stage = Self {
            cluster,
            repository: repository.to_owned(),
            version: version.to_owned(),
            tools,
            digest: None,
            folder,
            _guest: guest,
            // Dev has no object of them.
            _definitions: cluster.is_test().then(|| Definitions::install(&cluster.kubectl)).transpose()?,
            _addresses: Vec::new(),
        };
        stage.load(engine, built)?;
        if cluster.is_test() {
            stage.digest = Some(stage.load_by_digest(engine)?);
            for (_, address) in OUTSIDE {
                stage._addresses.push(Address::add(address)?);
            }
        }
        stage.people(&authority)?;
        if cluster.is_test() {
            stage.names()?;
        }
        Ok(stage)
    }

    pub(super) fn kubectl(&self) -> &Kubectl {
        &self.cluster.kubectl
    }

    /// The version of a later release.
    pub(super) fn later(&self, release: &str) -> String {
        format!("{}{release}", self.version)
    }

    /// All images, by one archive. The authority of the test stands where RDS' are.
    fn load(&self, engine: &Engine, built: &str) -> anyhow::Result<()> {
        let context = self.folder.path().join("images");
        fs::create_dir(&context)?;
        fs::copy(self.folder.path().join("authority.pem"), context.join("rds.pem"))?;
        let mut names = vec![self.tools.clone()];
        if self.cluster.is_test() {
            names::image(engine)?;
            names.push(names::IMAGE.to_owned());
        }
        for (release, base, step) in RELEASES {
            if release.is_empty() && !self.cluster.is_test() {
                // Without databases of ours nobody asks for our authority.
                names.push(built.to_owned());
                continue;
            }
            let (base, more) = match base {
                "IMAGE" => (built, "COPY rds.pem /etc/ssl/rds.pem\n"),
                _ => (self.tools.as_str(), ""),
            };
            fs::write(context.join("Dockerfile"), format!("FROM {base}\n{more}USER 65532:65532\n{step}\n"))?;
            // The name that deployments use is given to another image in the cluster alone.
            let name = format!("{}:{}{release}", self.repository, self.version);
            let tag = if release.is_empty() { "infragen/e2e:first".to_owned() } else { name };
            text(engine.docker(&["build", "--quiet", "--tag", &tag]).arg(&context))?;
            names.push(tag);
        }
        let archive = self.folder.path().join("images.tar");
        run(engine.docker(&["save", "--output"]).arg(&archive).args(&names))?;
        self.cluster.load(&archive)?;
        if self.cluster.is_test() { self.cluster.tag("infragen/e2e:first", built) } else { Ok(()) }
    }

    /// The release `AGAIN` by its digest, which is how the pipeline names it.
    fn load_by_digest(&self, engine: &Engine) -> anyhow::Result<String> {
        let archive = self.folder.path().join("again.tar");
        let name = format!("{}:{}", self.repository, self.later(AGAIN));
        run(engine.docker(&["save", "--output"]).arg(&archive).arg(name))?;
        let digest = Archive::read(&archive)?.write_by_digest(&archive, &self.repository)?;
        self.cluster.load(&archive)?;
        Ok(digest)
    }

    /// Clients, and databases outside of every environment.
    fn people(&self, authority: &Authority) -> anyhow::Result<()> {
        let mut objects = vec![
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}),
            json!({
                "apiVersion": "v1", "kind": "Secret", "metadata": {"name": "authority", "namespace": NAMESPACE},
                "stringData": {"authority.pem": authority.certificate, "authority.key": authority.key},
            }),
            self.pod(INSIDE, false, &json!({"command": ["sleep", "3600"], "env": [{"name": "TOKEN_SECRET", "value": TOKEN_SECRET}]})),
            self.pod(NODE, true, &json!({"command": ["sleep", "3600"], "env": [{"name": "TOKEN_SECRET", "value": TOKEN_SECRET}]})),
        ];
        let outside = if self.cluster.is_test() { &OUTSIDE[..] } else { &[] };
        for (environment, address) in outside {
            let host = Environment::database_host(environment)?;
            objects.push(self.pod(
                &format!("database-{environment}"),
                true,
                &json!({
                    "args": [host],
                    "env": [{"name": "PASSWORD", "value": PASSWORD}, {"name": "ADDRESS", "value": address}],
                    "volumeMounts": [{"name": "authority", "mountPath": "/authority"}],
                    "readinessProbe": {"exec": {"command": ["pg_isready", "-h", address]}, "periodSeconds": 1},
                }),
            ));
        }
        let list = json!({"apiVersion": "v1", "kind": "List", "items": objects});
        self.kubectl().says(&["apply", "--filename=-"], &list.to_string())?;
        let wait =
            ["wait", "pods", "--all", "--for=condition=Ready", "--timeout=120s", "--namespace", NAMESPACE];
        self.kubectl().text(&wait).map(drop)
    }

    fn pod(&self, name: &str, on_node: bool, container: &Value) -> Value {
        let mut container = container.clone();
        container["name"] = json!("tools");
        container["image"] = json!(self.tools);
        container["imagePullPolicy"] = json!("IfNotPresent");
        // A share of its own: a Pod that asks for nothing is given what the others leave, which is nothing on a busy
        // node, and a database that starves is not what is tried here.
        container["resources"] = json!({"requests": {"cpu": "100m", "memory": "64Mi"}});
        json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": name, "namespace": NAMESPACE, "labels": {"role": name}},
            "spec": {
                "hostNetwork": on_node,
                "dnsPolicy": if on_node { "ClusterFirstWithHostNet" } else { "ClusterFirst" },
                "automountServiceAccountToken": false,
                "terminationGracePeriodSeconds": 1,
                "securityContext": {"fsGroup": 999},
                "volumes": [{"name": "authority", "secret": {"secretName": "authority"}}],
                "containers": [container],
            },
        })
    }

    /// The databases' names lead to them, by the cluster's own DNS.
    fn names(&self) -> anyhow::Result<()> {
        let mut hosts = Vec::new();
        for (environment, address) in OUTSIDE {
            hosts.push((Environment::database_host(environment)?, address));
        }
        names::tell(self.kubectl(), &hosts)
    }

    /// What a program of a client prints; it must succeed.
    pub(super) fn client(&self, who: &str, words: &[&str]) -> anyhow::Result<String> {
        let exec = ["exec", "--namespace", NAMESPACE, who, "--"];
        Ok(self.kubectl().text(&[&exec[..], words].concat())?.trim_end().to_owned())
    }

    /// The answer to a question by HTTP, asked by a client.
    pub(super) fn get(&self, who: &str, url: &str) -> anyhow::Result<String> {
        self.client(who, &["ask", "once", url])
    }
}

/// Takes away what an earlier run left on a test cluster that was kept: its databases know another authority.
fn clear(cluster: &Cluster) -> anyhow::Result<()> {
    let mut namespaces = vec![NAMESPACE.to_owned()];
    for environment in ["dev", "staging", "prod"] {
        namespaces.push(Environment::namespace_of(environment)?);
    }
    let names: Vec<&str> = namespaces.iter().map(String::as_str).collect();
    let delete = ["delete", "namespace", "--ignore-not-found", "--timeout=300s"];
    cluster.kubectl.text(&[&delete[..], &names].concat()).map(drop)
}

/// Waits until something holds; gives how long it took.
pub(super) fn until(
    what: &str,
    seconds: u64,
    mut holds: impl FnMut() -> anyhow::Result<bool>,
) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    while !holds()? {
        ensure!(begun.elapsed() < Duration::from_secs(seconds), "{what}: not after {seconds} s");
        thread::sleep(Duration::from_millis(200));
    }
    Ok(begun.elapsed())
}

/// An address of this machine, on its loopback interface, until this goes.
struct Address(&'static str);

impl Address {
    fn add(address: &'static str) -> anyhow::Result<Self> {
        text(command("ip").args(["address", "replace", &format!("{address}/32"), "dev", "lo"]))?;
        Ok(Self(address))
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        let delete = text(command("ip").args(["address", "delete", &format!("{}/32", self.0), "dev", "lo"]));
        if let Err(error) = delete {
            note(format_args!("the address {} is left on the loopback interface: {error:#}", self.0));
        }
    }
}
