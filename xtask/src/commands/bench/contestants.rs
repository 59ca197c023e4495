//! Who makes the objects of production.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::{Map, Value, json};

use crate::commands::yaml::{documents, files_below};
use crate::console::{say, skipped};
use crate::debian::JSONNET;
use crate::project;
use crate::run::{command, output, run, succeeds};

/// Pinned, as everything that is built here.
const GO_JSONNET: &str = "github.com/google/go-jsonnet/cmd/jsonnet@v0.21.0";

/// One way to make them.
pub(in crate::commands) struct Contestant {
    pub(in crate::commands) name: String,
    pub(in crate::commands) command: Vec<String>,
    /// What is done before each run, and not measured.
    pub(in crate::commands) prepare: Option<String>,
}

/// Everyone that is there, infragen first.
pub(super) fn all(infragen: &Path, folder: &Path) -> anyhow::Result<Vec<Contestant>> {
    let sources = files_below(&project::generated().join("prod/kubernetes"), &["yaml"])?;
    let mut objects = Map::new();
    for source in &sources {
        let name = source.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        for (index, object) in documents(source)?.into_iter().enumerate() {
            objects.insert(format!("{name}-{index}.json"), object);
        }
    }
    ensure!(!objects.is_empty(), "prod is not rendered: run `cargo infragen render prod`");
    say(format_args!("{} objects of production", objects.len()));

    let mut all = ours(infragen, folder)?;
    match kubectl() {
        Some(kubectl) => all.push(kustomize(&kubectl, folder, &objects)?),
        None => skipped("kubectl kustomize", "there is no kubectl"),
    }
    let source = folder.join("prod.jsonnet");
    fs::write(&source, serde_json::to_string_pretty(&Value::Object(objects))?)?;
    if JSONNET.is_there() {
        all.push(jsonnet("jsonnet", "jsonnet", &source, folder)?);
    }
    if succeeds("go", &["version"]) {
        let tools = project::target().join("tools");
        run(command("go").args(["install", GO_JSONNET]).env("GOBIN", &tools).env("CGO_ENABLED", "0"))?;
        all.push(jsonnet("go-jsonnet", &path(&tools.join("jsonnet"))?, &source, folder)?);
    } else {
        skipped("go-jsonnet", "there is no Go to build it");
    }
    Ok(all)
}

fn ours(infragen: &Path, folder: &Path) -> anyhow::Result<Vec<Contestant>> {
    let infragen = path(infragen)?;
    let unchanged = path(&folder.join("unchanged"))?;
    let anew = path(&folder.join("anew"))?;
    let render = |out: &str| words(&[&infragen, "render", "prod", "--out", out]);
    run(command(&infragen).args(["render", "prod", "--out", &unchanged]))?;
    Ok(vec![
        Contestant {
            name: "infragen render prod, all files written".to_owned(),
            command: render(&anew),
            prepare: Some(format!("rm -rf {anew}")),
        },
        Contestant {
            name: "infragen render prod, nothing changed".to_owned(),
            command: render(&unchanged),
            prepare: None,
        },
        Contestant {
            name: "infragen render prod --stdout".to_owned(),
            command: words(&[&infragen, "render", "prod", "--stdout"]),
            prepare: None,
        },
    ])
}

/// The test cluster's kubectl, or that on `PATH`, which on some machines is a wrapper.
fn kubectl() -> Option<String> {
    let home = std::env::var("HOME").unwrap_or_default();
    let own = format!("{home}/.cache/test-cluster/bin/kubectl");
    [own.as_str(), "kubectl"]
        .into_iter()
        .find(|program| succeeds(program, &["version", "--client"]))
        .map(str::to_owned)
}

fn kustomize(kubectl: &str, folder: &Path, objects: &Map<String, Value>) -> anyhow::Result<Contestant> {
    let version = output(command(kubectl).args(["version", "--client", "--output=json"]))?;
    let version: Value = serde_json::from_slice(&version.stdout).unwrap_or_default();
    let version = version["clientVersion"]["gitVersion"].as_str().unwrap_or("?").to_owned();
    let folder = folder.join("kustomize");
    fs::create_dir(&folder)?;
    let mut resources = Vec::new();
    for (name, object) in objects {
        let name = name.replace(".json", ".yaml");
        fs::write(folder.join(&name), serde_yaml::to_string(object)?)?;
        resources.push(name);
    }
    let kustomization = json!({"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "resources": resources});
    fs::write(folder.join("kustomization.yaml"), serde_yaml::to_string(&kustomization)?)?;
    Ok(Contestant {
        name: format!("kubectl {version} kustomize"),
        command: words(&[kubectl, "kustomize", &path(&folder)?]),
        prepare: None,
    })
}

/// The objects as plain jsonnet, which gives it nothing to evaluate: its best case.
fn jsonnet(name: &str, program: &str, source: &Path, folder: &Path) -> anyhow::Result<Contestant> {
    let version = output(command(program).arg("--version"))?;
    let version = String::from_utf8_lossy(&version.stdout);
    let version = version.split_whitespace().last().unwrap_or("?").to_owned();
    let out = path(&folder.join(name))?;
    Ok(Contestant {
        name: format!("{name} {version}, all files written"),
        command: words(&[program, "--multi", &out, &path(source)?]),
        prepare: Some(format!("sh -c 'rm -rf {out} && mkdir {out}'")),
    })
}

fn path(path: &Path) -> anyhow::Result<String> {
    path.to_str().map(str::to_owned).context("a path is not text")
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
