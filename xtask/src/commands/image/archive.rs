//! An image as `docker save` writes it: what is in it, and the same image without what differs from build to build.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// An image's files and what says how it runs.
pub(in crate::commands) struct Archive {
    pub(super) config: Value,
    /// Each layer as a tar archive, the lowest first.
    pub(super) layers: Vec<Vec<u8>>,
}

/// A file of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Permissions, owner, group and time of change.
    pub(super) mode: u32,
    pub(super) owner: (u64, u64),
    pub(super) changed: u64,
    pub(super) content: Vec<u8>,
}

impl Archive {
    /// Reads what `docker save` wrote for one image.
    pub(in crate::commands) fn read(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut files = contents(tar::Archive::new(file))?;
        let mut take = |name: &str| files.remove(name).with_context(|| format!("the archive has no {name}"));
        let manifest: Value = serde_json::from_slice(&take("manifest.json")?.content)?;
        let name =
            |value: &Value| value.as_str().map(str::to_owned).context("the archive's manifest is another");
        let config = serde_json::from_slice(&take(&name(&manifest[0]["Config"])?)?.content)?;
        let layers = manifest[0]["Layers"].as_array().context("the archive's manifest has no layers")?;
        let layers = layers.iter().map(|layer| Ok(take(&name(layer)?)?.content));
        Ok(Self { config, layers: layers.collect::<anyhow::Result<_>>()? })
    }

    /// Takes away what differs between two builds of the same source: moments, and names of intermediate containers.
    /// A builder that compiles for another processor leaves its own's name in the image: the right one is given.
    pub(super) fn normalise(&mut self, created: &str, architecture: &str) {
        let Some(config) = self.config.as_object_mut() else { return };
        config.retain(|key, _| {
            matches!(key.as_str(), "architecture" | "config" | "history" | "os" | "rootfs" | "variant")
        });
        config.insert("created".to_owned(), json!(created));
        config.insert("architecture".to_owned(), json!(architecture));
        for step in config.get_mut("history").and_then(Value::as_array_mut).into_iter().flatten() {
            step["created"] = json!(created);
        }
        if let Some(run) = config.get_mut("config").and_then(Value::as_object_mut) {
            run.retain(|key, value| {
                !matches!(key.as_str(), "Hostname" | "Domainname" | "Image") && !value.is_null()
            });
        }
    }

    /// Writes it as `docker load` reads it, under a name.
    pub(super) fn write(&self, path: &Path, name: &str) -> anyhow::Result<()> {
        let config = serde_json::to_vec(&self.config)?;
        let config_name = format!("{}.json", sha256(&config));
        let layers: Vec<String> = self.layers.iter().map(|layer| format!("{}.tar", sha256(layer))).collect();
        let manifest = json!([{"Config": config_name, "RepoTags": [name], "Layers": layers}]);
        let manifest = serde_json::to_vec(&manifest)?;
        let mut files = vec![("manifest.json".to_owned(), manifest.as_slice()), (config_name, &config)];
        files.extend(layers.into_iter().zip(self.layers.iter().map(Vec::as_slice)));
        write(path, files)
    }

    /// The image's id: the hash of what says how it runs, and of its layers by that.
    pub(super) fn id(&self) -> anyhow::Result<String> {
        Ok(sha256(&serde_json::to_vec(&self.config)?))
    }

    /// The hash of each layer.
    pub(super) fn layers(&self) -> Vec<String> {
        self.layers.iter().map(|layer| sha256(layer)).collect()
    }

    /// Every file and folder, by its path; a folder's ends in a slash.
    pub(super) fn files(&self) -> anyhow::Result<BTreeMap<String, Entry>> {
        let mut files = BTreeMap::new();
        for layer in &self.layers {
            let layer = contents(tar::Archive::new(layer.as_slice()))?;
            ensure!(
                !layer.keys().any(|path| path.contains(".wh.")),
                "a layer takes away what another brought"
            );
            files.extend(layer);
        }
        Ok(files)
    }
}

/// Writes a tar archive whose bytes follow from names and contents alone.
pub(super) fn write<'a>(
    path: &Path,
    files: impl IntoIterator<Item = (String, &'a [u8])>,
) -> anyhow::Result<()> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut archive = tar::Builder::new(file);
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        archive.append_data(&mut header, name, content)?;
    }
    archive.finish()?;
    Ok(())
}

/// The hash of bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn contents(mut archive: tar::Archive<impl std::io::Read>) -> anyhow::Result<BTreeMap<String, Entry>> {
    let mut files = BTreeMap::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        let header = entry.header();
        let (mode, owner, changed) = (header.mode()?, (header.uid()?, header.gid()?), header.mtime()?);
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        files.insert(path, Entry { mode, owner, changed, content });
    }
    Ok(files)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn layer() -> Vec<u8> {
        let mut layer = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(3);
        header.set_mode(0o755);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        layer.append_data(&mut header, "program", &b"abc"[..]).unwrap();
        layer.into_inner().unwrap()
    }

    pub(in super::super) fn built(hour: u32) -> Archive {
        let created = format!("2026-11-21T{hour:02}:00:00Z");
        let config = json!({
            "architecture": "amd64", "os": "linux", "created": created, "container": format!("{hour}"),
            "config": {"User": "65532", "Hostname": format!("host-{hour}"), "Image": format!("sha256:{hour}"), "Volumes": null},
            "history": [{"created": created, "created_by": "COPY"}],
            "rootfs": {"type": "layers", "diff_ids": [format!("sha256:{}", sha256(&layer()))]},
        });
        Archive { config, layers: vec![layer()] }
    }

    #[test]
    fn two_builds_of_the_same_are_the_same_once_normalised() {
        let (mut one, mut other) = (built(1), built(2));
        assert_ne!(one.id().unwrap(), other.id().unwrap());
        one.normalise("2026-11-21T00:00:00Z", "amd64");
        other.normalise("2026-11-21T00:00:00Z", "amd64");
        assert_eq!(one.id().unwrap(), other.id().unwrap());
        assert_eq!(one.config["config"], json!({"User": "65532"}));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("image.tar");
        built(1).write(&path, "example.com/a:1").unwrap();
        let read = Archive::read(&path).unwrap();
        assert_eq!(read.id().unwrap(), built(1).id().unwrap());
        assert_eq!(read.layers(), built(1).layers());
        let files = read.files().unwrap();
        assert_eq!(files["program"].content, b"abc");
        assert_eq!(files["program"].mode, 0o755);
    }
}
