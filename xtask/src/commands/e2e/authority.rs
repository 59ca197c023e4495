//! A certificate authority that takes the place of RDS' own.

use std::fs;
use std::path::Path;

use crate::run::{command, text};

/// An authority that signs for the databases outside the cluster.
pub(super) struct Authority {
    pub(super) certificate: String,
    pub(super) key: String,
}

impl Authority {
    /// Makes one in a folder.
    pub(super) fn make(folder: &Path) -> anyhow::Result<Self> {
        let path = |name: &str| folder.join(name).display().to_string();
        let (certificate, key) = (path("authority.pem"), path("authority.key"));
        let mut openssl = command("openssl");
        openssl.args([
            "req",
            "-x509",
            "-batch",
            "-nodes",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ]);
        text(openssl.args(["-days", "2", "-subj", "/CN=authority", "-keyout", &key, "-out", &certificate]))?;
        Ok(Self { certificate: fs::read_to_string(certificate)?, key: fs::read_to_string(key)? })
    }
}
