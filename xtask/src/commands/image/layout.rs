//! An image as an OCI layout: by its digest, as a registry would give it, and containerd imports it.

use std::path::Path;

use serde_json::{Value, json};

use super::archive::{Archive, sha256, write};

impl Archive {
    /// Writes it under its repository and the digest of its manifest; gives the digest.
    pub(in crate::commands) fn write_by_digest(
        &self,
        path: &Path,
        repository: &str,
    ) -> anyhow::Result<String> {
        let config = serde_json::to_vec(&self.config)?;
        let layers: Vec<Value> = self
            .layers
            .iter()
            .map(|layer| descriptor("application/vnd.oci.image.layer.v1.tar", layer))
            .collect();
        let manifest = serde_json::to_vec(&json!({
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": descriptor("application/vnd.oci.image.config.v1+json", &config),
            "layers": layers,
        }))?;
        let digest = format!("sha256:{}", sha256(&manifest));
        let mut named = descriptor(MANIFEST, &manifest);
        named["annotations"] = json!({"io.containerd.image.name": format!("{repository}@{digest}")});
        let index = serde_json::to_vec(&json!({"schemaVersion": 2, "manifests": [named]}))?;
        let blobs = [&config, &manifest].into_iter().chain(&self.layers);
        let mut files = vec![
            ("oci-layout".to_owned(), &br#"{"imageLayoutVersion":"1.0.0"}"#[..]),
            ("index.json".to_owned(), &index),
        ];
        files.extend(blobs.map(|blob| (format!("blobs/sha256/{}", sha256(blob)), blob.as_slice())));
        write(path, files)?;
        Ok(digest)
    }
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// How a manifest or an index names bytes.
fn descriptor(of: &str, bytes: &[u8]) -> Value {
    json!({"mediaType": of, "digest": format!("sha256:{}", sha256(bytes)), "size": bytes.len()})
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::io::Read as _;

    use super::super::archive::tests::built;
    use super::*;

    #[test]
    fn every_name_leads_to_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("image.tar");
        let digest = built(1).write_by_digest(&path, "example.com/a").unwrap();
        let mut files = BTreeMap::new();
        for entry in tar::Archive::new(File::open(&path).unwrap()).entries().unwrap() {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().display().to_string();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            files.insert(name, content);
        }
        let blob = |descriptor: &Value| {
            let hash = descriptor["digest"].as_str().unwrap().strip_prefix("sha256:").unwrap();
            let bytes = &files[&format!("blobs/sha256/{hash}")];
            assert_eq!((sha256(bytes).as_str(), json!(bytes.len())), (hash, descriptor["size"].clone()));
            bytes
        };
        let index: Value = serde_json::from_slice(&files["index.json"]).unwrap();
        let named = &index["manifests"][0];
        assert_eq!(named["digest"], json!(digest));
        let name = &named["annotations"]["io.containerd.image.name"];
        assert_eq!(*name, json!(format!("example.com/a@{digest}")));
        let manifest: Value = serde_json::from_slice(blob(named)).unwrap();
        let config: Value = serde_json::from_slice(blob(&manifest["config"])).unwrap();
        assert_eq!(config["rootfs"]["diff_ids"][0], manifest["layers"][0]["digest"]);
        assert_eq!(*blob(&manifest["layers"][0]), built(1).layers[0]);
    }
}
