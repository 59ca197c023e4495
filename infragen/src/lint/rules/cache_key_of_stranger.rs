use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags cache keys that a stranger can choose.
    ///
    /// ## Why is this bad?
    /// A pull request fills the cache under a key of its own making, and the next build of the main branch takes it out
    /// and runs it.
    ///
    /// ## Fields
    /// `cache.key` and `cache.fallback-keys[]`.
    ///
    /// ## Allowed values
    /// Keys made of checksums, such as `$(codebuild-hash-files Cargo.lock)`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// cache: {key: 'cargo-$CODEBUILD_WEBHOOK_HEAD_REF', paths: ['target/**/*']}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// cache: {key: cargo-$(codebuild-hash-files Cargo.lock), paths: ['target/**/*']}
    /// ```
    CACHE_KEY_OF_STRANGER = {
        id: "cache-key-of-stranger",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(cache_key_of_stranger),
    }
}

fn cache_key_of_stranger(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let root = FieldPath::root().field("cache");
    let Some(cache) = buildspec.node.get("cache") else { return };
    let fallbacks = cache.get("fallback-keys").map_or(&[][..], Node::items).iter().enumerate();
    let fallbacks = fallbacks.map(|(index, key)| (root.field("fallback-keys").index(index), key));
    let keys = cache.get("key").map(|key| (root.field("key"), key));
    for (path, key) in keys.into_iter().chain(fallbacks) {
        let text = key.as_str().unwrap_or_default();
        if text.contains("CODEBUILD_WEBHOOK_") || text.contains("CODEBUILD_SOURCE_VERSION") {
            findings
                .report(path, "whoever opens a pull request chooses this cache key")
                .help("make it of checksums: `$(codebuild-hash-files Cargo.lock)`");
        }
    }
}
