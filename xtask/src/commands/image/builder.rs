//! Where the image is built: `rust:<version>-alpine` where it can be pulled, else a builder made from packages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use super::authorities;
use super::engine::{DEBIAN, Engine};
use super::platform::Platform;
use crate::console::note;
use crate::debian::{self, DEBOOTSTRAP};
use crate::project;
use crate::run::{command, run};

/// What `docker build` is told of the machine: nothing, where its defaults work.
#[derive(Default)]
pub(in crate::commands) struct Builder {
    pub(super) arguments: Vec<String>,
}

impl Builder {
    /// The default one, or one that is made here.
    pub(super) fn provide(engine: &Engine, platform: Platform) -> anyhow::Result<Self> {
        if engine.pulls() {
            let arguments = match platform {
                Platform::Amd64 => Vec::new(),
                Platform::Arm64 => vec![format!("--platform=linux/{}", platform.architecture())],
            };
            return Ok(Self { arguments });
        }
        note("no image can be pulled: the builder is made from packages");
        let rds = authorities::rds()?;
        let files = project::root().join("xtask/builder");
        let context =
            Context::of(&files, &[("authorities.pem", &authorities::machine()?), ("rds.pem", &rds.pem)])?;
        let image = format!("infragen/builder:{}-{}", context.hash, platform.architecture());
        let base = debian(engine)?;
        let mut build = engine.docker(&["build", "--network=host", "--tag", &image]);
        let target = format!("TARGET={}", platform.target());
        let base = format!("BASE={base}");
        engine
            .make(&image, build.args(["--build-arg", &base, "--build-arg", &target]).arg(context.path()))?;
        let rds = if rds.pem.is_empty() { "" } else { "/etc/builder/rds.pem" };
        let arguments = [
            "--network=host".to_owned(),
            format!("--build-arg=BUILDER={image}"),
            format!("--build-arg=RDS_AUTHORITIES={rds}"),
        ];
        Ok(Self { arguments: arguments.to_vec() })
    }
}

/// Debian: pulled, or made by debootstrap.
pub(super) fn debian(engine: &Engine) -> anyhow::Result<String> {
    const OWN: &str = "infragen/debian:bookworm";
    if engine.pulls() {
        return Ok(DEBIAN.to_owned());
    }
    if engine.has(OWN) {
        return Ok(OWN.to_owned());
    }
    if let Some((_, why)) = debian::provide(&[&DEBOOTSTRAP])?.first() {
        anyhow::bail!("no image can be pulled, and none can be made: {why}");
    }
    let folder = tempfile::tempdir_in(project::cache())?;
    let root = folder.path().join("root");
    run(command("sh")
        .args(["-c", r#"debootstrap --variant=minbase bookworm "$0" >"$0.log" || { cat "$0.log"; exit 1; }"#])
        .arg(&root))?;
    for left in ["var/cache/apt/archives", "var/lib/apt/lists"] {
        let folder = root.join(left);
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        fs::create_dir(&folder)?;
    }
    let sources = root.join("etc/apt/sources.list");
    let debian =
        fs::read_to_string(&sources).with_context(|| format!("cannot read {}", sources.display()))?;
    fs::write(&sources, with_updates(&debian))?;
    let archive = folder.path().join("root.tar");
    run(command("tar").arg("--directory").arg(&root).arg("--create").arg("--file").arg(&archive).arg("."))?;
    run(engine.docker(&["import"]).arg(&archive).arg(OWN))?;
    Ok(OWN.to_owned())
}

/// Debian's sources of packages with what was mended since the release, such as the newest Rust.
fn with_updates(sources: &str) -> String {
    let mut all = String::new();
    for line in sources.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        all.push_str(&format!("{line}\n"));
        if let ["deb", mirror, release, ..] = words.as_slice() {
            all.push_str(&format!("deb {mirror} {release}-updates main\n"));
            all.push_str(&format!("deb {mirror}-security {release}-security main\n"));
        }
    }
    all
}

/// What an image is made from: some files of the project, and some of the machine's.
pub(super) struct Context {
    folder: tempfile::TempDir,
    /// Of all of them, so that an image that was made before is found again.
    pub(super) hash: String,
}

impl Context {
    /// The files of a folder, and others by name and content.
    pub(super) fn of(folder: &Path, others: &[(&str, &str)]) -> anyhow::Result<Self> {
        let context = tempfile::tempdir()?;
        let mut hash = Sha256::new();
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            files.push(entry?.path());
        }
        files.sort();
        for file in files {
            let name = file.file_name().unwrap_or_default();
            fs::copy(&file, context.path().join(name))?;
            hash.update(name.as_encoded_bytes());
            hash.update(fs::read(&file)?);
        }
        for (name, content) in others {
            fs::write(context.path().join(name), content)?;
            hash.update(name);
            hash.update(content);
        }
        let hash = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { folder: context, hash })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_mended_comes_from_beside_the_release() {
        let sources = "# ours\ndeb http://mirror.test/debian bookworm main\n";
        let all = with_updates(sources);
        assert_eq!(
            all,
            "# ours\ndeb http://mirror.test/debian bookworm main\n\
             deb http://mirror.test/debian bookworm-updates main\n\
             deb http://mirror.test/debian-security bookworm-security main\n"
        );
    }

    #[test]
    fn another_file_or_another_content_is_another_image() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Dockerfile"), "FROM scratch").unwrap();
        let one = Context::of(folder.path(), &[("a", "1")]).unwrap();
        assert!(one.path().join("Dockerfile").exists() && one.path().join("a").exists());
        assert_eq!(one.hash, Context::of(folder.path(), &[("a", "1")]).unwrap().hash);
        assert_ne!(one.hash, Context::of(folder.path(), &[("a", "2")]).unwrap().hash);
        assert_ne!(one.hash, Context::of(folder.path(), &[]).unwrap().hash);
    }
}
