//! Where the project's folders are.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The folder of the workspace that cargo runs this in: what was compiled in may be another checkout's, where several
/// share what they build.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        Path::new(&here).parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
    });
    &ROOT
}

/// What environments are rendered into.
pub(crate) fn generated() -> PathBuf {
    root().join("generated")
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// What the figures were measured on.
pub(crate) fn processor() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let described = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = described.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    format!("{cores} cores of {}", model.map_or("an unknown processor", |(_, name)| name.trim()))
}

/// What is kept between checkouts: images, and what they are made from.
pub(crate) fn cache() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_else(|| "/root".into())).join(".cache");
    env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from).join("infragen")
}
