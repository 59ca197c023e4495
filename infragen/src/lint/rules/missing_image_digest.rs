use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags images that are named without a digest.
    ///
    /// ## Why is this bad?
    /// A tag can be moved to another image. A digest is the image itself: what was tested is what runs, and a registry
    /// that was broken into cannot change it.
    ///
    /// ## Fields
    /// `image` of all containers.
    ///
    /// ## Allowed values
    /// A name that ends with `@sha256:` and a digest.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: []
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    /// ```
    MISSING_IMAGE_DIGEST = {
        id: "missing-image-digest",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["IMG-02"],
        look: Container(Containers::Every, missing_image_digest),
    }
}

fn missing_image_digest(container: &Container<'_>, findings: &mut Findings<'_>) {
    let Some(image) = container.node.text_at(&["image"]) else { return };
    if !image.contains('@') {
        findings
            .report(
                container.path(&["image"]),
                format!("the image `{image}` of container `{}` has no digest", container.name()),
            )
            .help("append the digest, such as `@sha256:…`, that the registry tells");
    }
}
