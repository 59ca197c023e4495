//! What is linked into the service: its crates, and the C libraries that some of them bring.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use crate::run::{cargo, text};

/// The platform of the image; the crates are the same for arm64.
const PLATFORM: &str = "x86_64-unknown-linux-musl";

/// Texts that no crate brings.
const MIT: &str = include_str!("../../../licences/mit.txt");
const MUSL: &str = include_str!("../../../licences/musl.txt");
const POSTGRESQL: &str = include_str!("../../../licences/postgresql.txt");

/// Something that is linked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::commands) struct Linked {
    pub(super) name: String,
    pub(super) version: String,
    /// As SPDX writes it.
    pub(super) licence: String,
    /// Of this project, whose own licence it has.
    pub(super) own: bool,
    /// Where it comes from, as a package URL.
    pub(super) purl: String,
    pub(super) texts: Vec<String>,
}

/// C libraries: the crate that builds one, the library, its licence, and its text in the crate or here.
const LIBRARIES: [(&str, &str, &str, Text); 4] = [
    ("openssl-src", "openssl", "Apache-2.0", Text::Of("openssl/LICENSE.txt")),
    ("pq-src", "libpq", "PostgreSQL", Text::Here(POSTGRESQL)),
    ("libsqlite3-sys", "sqlite", "blessing", Text::Here("SQLite is in the public domain.\n")),
    ("libmimalloc-sys", "mimalloc", "MIT", Text::Of("c_src/mimalloc/v2/LICENSE")),
];

enum Text {
    Of(&'static str),
    Here(&'static str),
}

/// Everything that is linked, by name.
pub(in crate::commands) fn linked() -> anyhow::Result<Vec<Linked>> {
    let metadata =
        text(cargo().args(["metadata", "--format-version=1", "--locked", "--filter-platform", PLATFORM]))?;
    of(&serde_json::from_str(&metadata)?)
}

fn of(metadata: &Value) -> anyhow::Result<Vec<Linked>> {
    let all = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> =
        all(&metadata["packages"]).into_iter().map(|package| (word(&package["id"]), package)).collect();
    let nodes: BTreeMap<String, Value> =
        all(&metadata["resolve"]["nodes"]).into_iter().map(|node| (word(&node["id"]), node)).collect();
    let service = packages.iter().find(|(_, package)| package["name"] == "service");
    let mut open = vec![service.context("the workspace has no service")?.0.clone()];
    let mut found: BTreeMap<String, Linked> = BTreeMap::new();
    while let Some(id) = open.pop() {
        let package = packages.get(&id).with_context(|| format!("cargo tells nothing of {id}"))?;
        // What runs in the compiler is not linked, nor is what it needs.
        let kinds =
            all(&package["targets"]).iter().flat_map(|target| all(&target["kind"])).collect::<Vec<_>>();
        if found.contains_key(&id) || kinds.iter().any(|kind| kind == "proc-macro") {
            continue;
        }
        found.insert(id.clone(), crate_of(package)?);
        for needed in nodes.get(&id).map(|node| all(&node["deps"])).unwrap_or_default() {
            if all(&needed["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()) {
                open.push(word(&needed["pkg"]));
            }
        }
    }
    let mut linked: Vec<Linked> = found.into_values().collect();
    for package in packages.values() {
        for (builder, name, licence, text) in &LIBRARIES {
            if package["name"] == *builder {
                linked.push(library(package, name, licence, text)?);
            }
        }
    }
    linked.push(Linked {
        name: "musl".to_owned(),
        version: "1.2".to_owned(),
        licence: "MIT".to_owned(),
        own: false,
        purl: "pkg:generic/musl@1.2".to_owned(),
        texts: vec![MUSL.to_owned()],
    });
    linked.sort();
    Ok(linked)
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn crate_of(package: &Value) -> anyhow::Result<Linked> {
    let (name, version, licence) =
        (word(&package["name"]), word(&package["version"]), word(&package["license"]));
    let own = package["source"].is_null();
    let mut texts = if own { Vec::new() } else { texts(package, &licence)? };
    if texts.is_empty() && licence == "PostgreSQL" {
        texts.push(POSTGRESQL.to_owned());
    }
    if texts.is_empty() && !own && licence.contains("MIT") {
        let authors = package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let authors = authors.collect::<Vec<_>>().join(", ");
        let whose = if authors.is_empty() { format!("the authors of {name}") } else { authors };
        texts.push(MIT.replacen("\n\n", &format!("\n\nCopyright (c) {whose}\n\n"), 1));
    }
    Ok(Linked { purl: format!("pkg:cargo/{name}@{version}"), name, version, licence, own, texts })
}

/// The texts that a crate brings; where it lets one choose, MIT's alone.
fn texts(package: &Value, licence: &str) -> anyhow::Result<Vec<String>> {
    let manifest = word(&package["manifest_path"]);
    let folder = Path::new(&manifest).parent().context("a crate has no folder")?;
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if ["LICEN", "COPYING", "COPYRIGHT", "NOTICE"].iter().any(|start| name.starts_with(start))
            && entry.path().is_file()
        {
            names.push((name, entry.path()));
        }
    }
    names.sort();
    if licence.contains("MIT") && names.iter().any(|(name, _)| name.contains("MIT")) {
        names.retain(|(name, _)| name.contains("MIT"));
    }
    names.into_iter().map(|(_, path)| text_of(&path)).collect()
}

fn text_of(path: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    Ok(lines.trim_matches('\n').to_owned() + "\n")
}

fn library(package: &Value, name: &str, licence: &str, text: &Text) -> anyhow::Result<Linked> {
    let version = word(&package["version"]);
    // A crate that only builds a library notes its version behind a plus.
    let version = version
        .split_once('+')
        .map_or(version.as_str(), |(_, of)| of)
        .trim_start_matches("libpq-")
        .to_owned();
    let text = match text {
        Text::Here(text) => (*text).to_owned(),
        Text::Of(path) => {
            let manifest = word(&package["manifest_path"]);
            text_of(&Path::new(&manifest).with_file_name(path))?
        }
    };
    Ok(Linked {
        purl: format!("pkg:generic/{name}@{version}"),
        name: name.to_owned(),
        version,
        licence: licence.to_owned(),
        own: false,
        texts: vec![text],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_linked_has_a_licence_and_its_text() {
        let linked = linked().unwrap();
        assert!(linked.len() > 100, "{}", linked.len());
        for one in linked.iter().filter(|one| !one.own) {
            assert!(!one.licence.is_empty(), "{}", one.name);
            assert!(one.texts.iter().any(|text| text.len() > 20), "{} brings no text", one.name);
        }
        for library in ["openssl", "libpq", "sqlite", "mimalloc", "musl", "rocket"] {
            assert!(linked.iter().any(|one| one.name == library), "{library}");
        }
        // Macros run in the compiler, and tests' crates nowhere near.
        assert!(!linked.iter().any(|one| one.name == "serde_derive" || one.name == "proptest"));
    }
}
