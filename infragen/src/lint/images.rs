//! What is known of well-known images by their names.

/// Whether the image holds its program and nothing to run commands with.
#[must_use]
pub fn lacks_shell(image: &str) -> bool {
    let without_digest = image.split('@').next().unwrap_or(image);
    let file = without_digest.rsplit('/').next().unwrap_or_default();
    let tag = file.split_once(':').map_or("", |(_, tag)| tag);
    let is_bare = image.starts_with("gcr.io/distroless/") || image.starts_with("cgr.dev/chainguard/");
    // Chainguard's images of shells and tools are few; these are the ones that people run by hand.
    let has_tools = ["busybox", "bash", "wolfi-base", "curl", "kubectl", "git"]
        .iter()
        .any(|name| file.split(':').next() == Some(name));
    (is_bare && !has_tools && !tag.contains("debug") && !tag.contains("dev"))
        || image.starts_with("registry.k8s.io/pause")
}
