//! Programs of others: whether they are here, and the Debian packages that bring them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use crate::console::note;
use crate::run::{command, run, succeeds};

/// Something that is installed on a machine.
pub(crate) struct Program {
    /// What people call it.
    pub(crate) name: &'static str,
    /// Debian's package.
    pub(crate) package: &'static str,
    there: fn() -> bool,
}

pub(crate) const CC: Program =
    Program { name: "a C compiler", package: "build-essential", there: || succeeds("cc", &["--version"]) };
pub(crate) const MAKE: Program =
    Program { name: "make", package: "make", there: || succeeds("make", &["--version"]) };
/// OpenSSL's build wants more of Perl than what Debian always has.
pub(crate) const PERL: Program = Program {
    name: "perl",
    package: "perl",
    there: || succeeds("perl", &["-MIPC::Cmd", "-MFindBin", "-MTime::Piece", "-e", "1"]),
};
pub(crate) const POSTGRESQL: Program = Program {
    name: "PostgreSQL",
    package: "postgresql",
    there: || {
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        versions.map(|version| version.path().join("bin/initdb")).any(|initdb| initdb.exists())
    },
};
pub(crate) const SHELLCHECK: Program =
    Program { name: "shellcheck", package: "shellcheck", there: || succeeds("shellcheck", &["--version"]) };
pub(crate) const PYYAML: Program = Program {
    name: "PyYAML",
    package: "python3-yaml",
    there: || succeeds("python3", &["-c", "import yaml"]),
};
pub(crate) const PYTHON_VENV: Program = Program {
    name: "Python's venv",
    package: "python3-venv",
    there: || succeeds("python3", &["-c", "import ensurepip, venv"]),
};
pub(crate) const CHROMIUM: Program =
    Program { name: "Chromium", package: "chromium", there: || Path::new("/usr/bin/chromium").exists() };
pub(crate) const NODE: Program = Program {
    name: "Node.js with npm",
    package: "npm",
    there: || succeeds("node", &["--version"]) && succeeds("npm", &["--version"]),
};
pub(crate) const HYPERFINE: Program =
    Program { name: "hyperfine", package: "hyperfine", there: || succeeds("hyperfine", &["--version"]) };
pub(crate) const JSONNET: Program =
    Program { name: "jsonnet", package: "jsonnet", there: || succeeds("jsonnet", &["--version"]) };
/// The engine; its client may be there without.
pub(crate) const DOCKER: Program =
    Program { name: "Docker", package: "docker.io", there: || succeeds("dockerd", &["--version"]) };
pub(crate) const DOCKER_COMPOSE: Program = Program {
    name: "Docker Compose",
    package: "docker-compose",
    there: || succeeds("docker-compose", &["version"]),
};
pub(crate) const DOCKER_REGISTRY: Program = Program {
    name: "a registry of images",
    package: "docker-registry",
    there: || succeeds("docker-registry", &["--version"]),
};
pub(crate) const CURL: Program =
    Program { name: "curl", package: "curl", there: || succeeds("curl", &["--version"]) };
pub(crate) const QEMU: Program = Program {
    name: "an emulator of arm64",
    package: "qemu-user-static",
    there: || succeeds("qemu-aarch64-static", &["--version"]),
};
pub(crate) const DEBOOTSTRAP: Program = Program {
    name: "debootstrap",
    package: "debootstrap",
    there: || succeeds("debootstrap", &["--version"]),
};
pub(crate) const TIME: Program =
    Program { name: "GNU time", package: "time", there: || Path::new("/usr/bin/time").exists() };
pub(crate) const WRK: Program =
    Program { name: "wrk", package: "wrk", there: || Path::new("/usr/bin/wrk").exists() };

impl Program {
    /// Whether it is here.
    pub(crate) fn is_there(&self) -> bool {
        (self.there)()
    }
}

/// Installs what is missing, as root or with sudo on Debian and its kin. Gives what is missing still, and why.
pub(crate) fn provide<'a>(programs: &[&'a Program]) -> anyhow::Result<Vec<(&'a Program, String)>> {
    let missing: Vec<&Program> = programs.iter().copied().filter(|program| !program.is_there()).collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let packages: Vec<&str> = missing.iter().map(|program| program.package).collect();
    let why = if !succeeds("apt-get", &["--version"]) {
        format!("it is not installed; Debian's package is `{}`", packages.join(" "))
    } else if !rustix::process::geteuid().is_root() && !succeeds("sudo", &["--non-interactive", "true"]) {
        format!("it is not installed, and only root may: `sudo apt-get install {}`", packages.join(" "))
    } else {
        install(&packages)?;
        "Debian's package was installed, and the program is not found still".to_owned()
    };
    let still = missing.into_iter().filter(|program| !program.is_there());
    Ok(still.map(|program| (program, why.clone())).collect())
}

fn install(packages: &[&str]) -> anyhow::Result<()> {
    note(format_args!("installing Debian's {}", packages.join(", ")));
    let _quiet = NoDaemons::begin()?;
    run(as_root("apt-get").args(["update", "-qq"]))?;
    run(as_root("apt-get").args(["install", "--yes", "-qq", "--no-install-recommends"]).args(packages))
}

fn as_root(program: &str) -> Command {
    let mut command = if rustix::process::geteuid().is_root() {
        command("env")
    } else {
        let mut sudo = command("sudo");
        sudo.args(["--non-interactive", "env"]);
        sudo
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", program]);
    command
}

/// While it lives, packages start no servers: tests start their own.
struct NoDaemons {
    policy: Option<&'static Path>,
}

impl NoDaemons {
    fn begin() -> anyhow::Result<Self> {
        let policy = Path::new("/usr/sbin/policy-rc.d");
        if policy.exists() || !rustix::process::geteuid().is_root() {
            return Ok(Self { policy: None });
        }
        let context = || format!("cannot write {}", policy.display());
        fs::write(policy, "#!/bin/sh\nexit 101\n").with_context(context)?;
        fs::set_permissions(policy, fs::Permissions::from_mode(0o755)).with_context(context)?;
        Ok(Self { policy: Some(policy) })
    }
}

impl Drop for NoDaemons {
    fn drop(&mut self) {
        if let Some(policy) = self.policy
            && let Err(error) = fs::remove_file(policy)
        {
            note(format_args!("cannot remove {}: {error}", policy.display()));
        }
    }
}
