//! One environment on the cluster: rendered, applied, asked, deleted.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::changed::APART;
use super::stage::{PASSWORD, Stage, TOKEN_SECRET};
use crate::commands::cluster::kubectl::Kubectl;
use crate::commands::image::store::VISITS;
use crate::commands::yaml::{documents, files_below};
use crate::project;
use crate::run::{cargo, command, text};

/// The port of the service, everywhere.
pub(super) const PORT: u16 = 5153;

/// An environment that was rendered.
pub(super) struct Environment<'a> {
    stage: &'a Stage<'a>,
    pub(super) name: &'static str,
    pub(super) namespace: String,
    pub(super) objects: Vec<Value>,
}

impl<'a> Environment<'a> {
    /// Renders it as it is committed.
    pub(super) fn render(stage: &'a Stage<'a>, name: &'static str) -> anyhow::Result<Self> {
        let mut environment = Self { stage, name, namespace: String::new(), objects: Vec::new() };
        let folder = environment.rendered(&stage.version)?;
        environment.objects = objects(&folder)?;
        environment.namespace = namespace(&environment.objects)?;
        Ok(environment)
    }

    /// The namespace of an environment, as it is rendered.
    pub(super) fn namespace_of(environment: &str) -> anyhow::Result<String> {
        namespace(&objects(&project::generated().join(environment).join("kubernetes"))?)
    }

    /// Renders it with another version of the image; gives the folder of its objects.
    pub(super) fn rendered(&self, version: &str) -> anyhow::Result<PathBuf> {
        self.rendered_from(project::root(), version)
    }

    /// Renders it from another checkout.
    pub(super) fn rendered_from(&self, checkout: &Path, version: &str) -> anyhow::Result<PathBuf> {
        let here = checkout == project::root();
        let out = self.stage.folder.path().join(if here { "rendered" } else { "changed" }).join(version);
        let image = self.stage.repository.rsplit('/').next().unwrap_or_default();
        let setting = if version == self.stage.version {
            format!("version={version}")
        } else {
            format!("images.{image}.tag={version}")
        };
        let mut render = cargo();
        // What is built for one checkout serves the other.
        render.current_dir(checkout).env("CARGO_TARGET_DIR", project::target());
        if !here {
            render.args(APART);
        }
        render.args(["infragen", "render", self.name, "--set", &setting, "--out"]);
        text(render.arg(&out))?;
        Ok(out.join(self.name).join("kubernetes"))
    }

    /// The host of the database that an environment has outside the cluster, as it is rendered.
    pub(super) fn database_host(environment: &str) -> anyhow::Result<String> {
        let objects = objects(&project::generated().join(environment).join("kubernetes"))?;
        let hosts = objects.iter().filter_map(|object| object["data"]["DB_HOST"].as_str());
        hosts.map(str::to_owned).next().with_context(|| format!("{environment} names no database"))
    }

    /// kubectl, of the whole cluster.
    pub(super) fn kubectl(&self) -> &Kubectl {
        self.stage.kubectl()
    }

    /// kubectl in its namespace.
    pub(super) fn text(&self, arguments: &[&str]) -> anyhow::Result<String> {
        self.kubectl().text(&[&["--namespace", &self.namespace], arguments].concat())
    }

    /// kubectl in its namespace, for JSON.
    pub(super) fn json(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        self.kubectl().json(&[&["--namespace", &self.namespace], arguments].concat())
    }

    /// kubectl in its namespace, with this standard input.
    pub(super) fn says(&self, arguments: &[&str], input: &str) -> anyhow::Result<()> {
        self.kubectl().says(&[&["--namespace", &self.namespace], arguments].concat(), input).map(drop)
    }

    /// Objects of a kind.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.objects.iter().filter(move |object| object["kind"] == kind)
    }

    /// Makes the namespace and the Secrets that the manifests expect: as the run book tells, or in an operator's place.
    pub(super) fn secrets(&self) -> anyhow::Result<()> {
        let namespace = self.of_kind("Namespace").next().context("no namespace is rendered")?;
        self.kubectl().says(&["apply", "--filename=-"], &namespace.to_string())?;
        if self.name == "dev" {
            let mut make = command("bash");
            let script = r#"set -euo pipefail; printf %s "$0" | cargo infragen secret dev coworking-database password"#;
            let secret = text(make.args(["-c", script, PASSWORD]))?;
            return self.kubectl().says(&["apply", "--filename=-"], &secret).map(drop);
        }
        for secret in self.of_kind("ExternalSecret") {
            let keys = secret["spec"]["data"].as_array().into_iter().flatten();
            let values: serde_json::Map<String, Value> = keys
                .filter_map(|key| key["secretKey"].as_str())
                .map(|key| (key.to_owned(), json!(if key == "password" { PASSWORD } else { TOKEN_SECRET })))
                .collect();
            let secret = json!({
                "apiVersion": "v1", "kind": "Secret", "stringData": values,
                "metadata": {"name": secret["spec"]["target"]["name"], "namespace": self.namespace},
            });
            self.kubectl().says(&["apply", "--filename=-"], &secret.to_string())?;
        }
        Ok(())
    }

    /// Applies a version.
    pub(super) fn apply(&self, version: &str) -> anyhow::Result<()> {
        self.apply_folder(&self.rendered(version)?)
    }

    /// Applies what is in a folder.
    pub(super) fn apply_folder(&self, folder: &Path) -> anyhow::Result<()> {
        let folder = folder.to_str().context("a path is not text")?;
        self.kubectl().text(&["apply", "--filename", folder]).map(drop)
    }

    /// Waits until every workload of a version is what it should be; gives how long it took.
    pub(super) fn ready(&self, seconds: u32) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let timeout = format!("--timeout={seconds}s");
        for (kind, word) in [("StatefulSet", "statefulset"), ("Job", "job"), ("Deployment", "deployment")] {
            for object in self.of_kind(kind) {
                let name = object["metadata"]["name"].as_str().unwrap_or_default();
                let workload = format!("{word}/{name}");
                match kind {
                    "Job" => self.text(&["wait", &workload, "--for=condition=Complete", &timeout])?,
                    _ => self.text(&["rollout", "status", &workload, &timeout])?,
                };
            }
        }
        Ok(begun.elapsed())
    }

    /// Waits for the rollout of the service alone.
    pub(super) fn rolled_out(&self, seconds: u32) -> anyhow::Result<()> {
        let timeout = format!("--timeout={seconds}s");
        self.text(&["rollout", "status", "deployment/coworking", &timeout]).map(drop)
    }

    /// The image that its Pods are told to run.
    pub(super) fn image(&self) -> anyhow::Result<String> {
        let path = "--output=jsonpath={.spec.template.spec.containers[0].image}";
        self.text(&["get", "deployment/coworking", path])
    }

    /// The address of the Service, as the cluster names it.
    pub(super) fn host(&self) -> String {
        format!("coworking.{}.svc.cluster.local", self.namespace)
    }

    /// An URL of the service, by its Service.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}:{PORT}{path}", self.host())
    }

    /// Where SQL is asked: namespace and Pod.
    fn database(&self) -> (String, String) {
        match self.name {
            "dev" => (self.namespace.clone(), "coworking-database-0".to_owned()),
            name => (super::stage::NAMESPACE.to_owned(), format!("database-{name}")),
        }
    }

    /// What a database of its server answers.
    pub(super) fn sql(&self, database: &str, sql: &str) -> anyhow::Result<String> {
        let (namespace, pod) = self.database();
        let exec =
            ["exec", "--namespace", &namespace, &pod, "--", "psql", "--host=/tmp", "--username=coworking"];
        let how = [
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--dbname",
            database,
            "--command",
            sql,
        ];
        Ok(self.kubectl().text(&[&exec[..], &how].concat())?.trim().to_owned())
    }

    /// Fills the tables.
    pub(super) fn fill(&self) -> anyhow::Result<()> {
        self.sql("coworking", VISITS).map(drop)
    }

    /// The service's Pods, newest last.
    pub(super) fn all_pods(&self) -> anyhow::Result<Vec<Value>> {
        let selector = "--selector=app.kubernetes.io/component=app";
        let mut pods = self.json(&["get", "pods", selector, "--sort-by=.metadata.creationTimestamp"])?;
        Ok(pods["items"].as_array_mut().map(std::mem::take).unwrap_or_default())
    }

    /// Those that are not on their way out.
    pub(super) fn pods(&self) -> anyhow::Result<Vec<Value>> {
        let pods = self.all_pods()?;
        Ok(pods.into_iter().filter(|pod| pod["metadata"]["deletionTimestamp"].is_null()).collect())
    }

    /// How many of its Pods are ready.
    pub(super) fn ready_pods(&self) -> anyhow::Result<usize> {
        Ok(self.pods()?.iter().filter(|pod| is_ready(pod)).count())
    }

    /// Deletes what was applied, and waits until it is gone; gives how long it took.
    pub(super) fn delete(&self) -> anyhow::Result<Duration> {
        let folder = self.rendered(&self.stage.version)?;
        let folder = folder.to_str().context("a path is not text")?;
        let begun = Instant::now();
        self.kubectl().text(&[
            "delete",
            "--filename",
            folder,
            "--wait",
            "--timeout=240s",
            "--ignore-not-found",
        ])?;
        Ok(begun.elapsed())
    }
}

/// Whether a Pod says that it is ready.
pub(super) fn is_ready(pod: &Value) -> bool {
    let conditions = pod["status"]["conditions"].as_array().into_iter().flatten();
    conditions.filter(|one| one["type"] == "Ready").any(|one| one["status"] == "True")
}

/// The name of an object.
pub(super) fn name(object: &Value) -> &str {
    object["metadata"]["name"].as_str().unwrap_or_default()
}

fn namespace(objects: &[Value]) -> anyhow::Result<String> {
    let namespace = objects.iter().find(|object| object["kind"] == "Namespace");
    Ok(name(namespace.context("no namespace is rendered")?).to_owned())
}

fn objects(folder: &Path) -> anyhow::Result<Vec<Value>> {
    let mut objects = Vec::new();
    for file in files_below(folder, &["yaml"])? {
        objects.append(&mut documents(&file)?);
    }
    ensure!(!objects.is_empty(), "nothing is rendered in {}", folder.display());
    Ok(objects)
}
