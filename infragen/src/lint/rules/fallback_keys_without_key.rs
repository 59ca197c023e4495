use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::FieldPath;

declare_rule! {
    /// Flags fallback keys of a cache that has no key.
    ///
    /// ## Why is this bad?
    /// Without `cache.key`, CodeBuild passes over the fallback keys.
    ///
    /// ## Fields
    /// `cache.fallback-keys`.
    ///
    /// ## Allowed values
    /// Any, beside a `key`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// cache: {fallback-keys: [cargo-], paths: ['target/**/*']}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// cache: {key: cargo-$(codebuild-hash-files Cargo.lock), fallback-keys: [cargo-], paths: ['target/**/*']}
    /// ```
    FALLBACK_KEYS_WITHOUT_KEY = {
        id: "fallback-keys-without-key",
        category: Buildspec,
        severity: Warning,
        look: Buildspec(fallback_keys_without_key),
    }
}

fn fallback_keys_without_key(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let Some(cache) = buildspec.node.get("cache") else { return };
    if cache.get("fallback-keys").is_some() && cache.get("key").is_none() {
        findings
            .report(
                FieldPath::root().fields(&["cache", "fallback-keys"]),
                "the cache has fallback keys and no key",
            )
            .help("add a `key`, such as `cargo-$(codebuild-hash-files Cargo.lock)`");
    }
}
