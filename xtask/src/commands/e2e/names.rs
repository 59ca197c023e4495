//! Names of hosts outside of the cluster, which its DNS must know: CoreDNS is built again, with what the test cluster's
//! own leaves out.

use std::fs;

use anyhow::Context as _;
use serde_json::json;

use crate::commands::cluster::kubectl::Kubectl;
use crate::commands::image::engine::Engine;
use crate::project;
use crate::run::{command, run, text};

const SOURCE: &str = include_str!("names.go");
/// The image that the cluster's DNS is given.
pub(super) const IMAGE: &str = "infragen/dns:hosts";

/// Makes the image.
pub(super) fn image(engine: &Engine) -> anyhow::Result<()> {
    let folder = project::target().join("tools/coredns");
    fs::create_dir_all(&folder)?;
    for file in ["go.mod", "go.sum"] {
        let from = project::root().join("../shared/cluster/components/coredns").join(file);
        fs::write(
            folder.join(file),
            fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?,
        )?;
    }
    fs::write(folder.join("main.go"), SOURCE)?;
    fs::write(folder.join("Dockerfile"), "FROM scratch\nCOPY coredns /coredns\nENTRYPOINT [\"/coredns\"]\n")?;
    fs::write(folder.join(".dockerignore"), "*\n!coredns\n")?;
    let build = ["build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", "coredns", "."];
    run(command("go").args(build).current_dir(&folder).env("CGO_ENABLED", "0"))?;
    text(engine.docker(&["build", "--quiet", "--tag", IMAGE]).arg(&folder)).map(drop)
}

/// Has the cluster's DNS know these hosts; the image must be loaded.
pub(super) fn tell(kubectl: &Kubectl, hosts: &[(String, &str)]) -> anyhow::Result<()> {
    let of = ["--namespace=kube-system", "configmap", "coredns"];
    let mut map = kubectl.json(&[&["get"], &of[..]].concat())?;
    let corefile = map["data"]["Corefile"].as_str().context("CoreDNS is set up otherwise")?.to_owned();
    if !corefile.contains("hosts {") {
        let lines: String =
            hosts.iter().map(|(name, address)| format!("        {address} {name}\n")).collect();
        let with = format!("    hosts {{\n{lines}        fallthrough\n    }}\n    kubernetes ");
        map["data"]["Corefile"] = json!(corefile.replacen("    kubernetes ", &with, 1));
        kubectl.says(&["replace", "--filename=-"], &map.to_string())?;
    }
    let deployment = ["--namespace=kube-system", "deployment/coredns"];
    kubectl.text(&[&["set", "image"], &deployment[..], &[&format!("coredns={IMAGE}")]].concat())?;
    kubectl.text(&[&["rollout", "status", "--timeout=60s"], &deployment[..]].concat()).map(drop)
}
