use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags images that do not say which registry they come from.
    ///
    /// ## Why is this bad?
    /// The node takes them from the registry that it is set up with, mostly Docker Hub: with its limits, and from
    /// whoever owns the name there.
    ///
    /// ## Fields
    /// `image` of every container.
    ///
    /// ## Allowed values
    /// An image whose first part is a host: it has a dot or a port, or is `localhost`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "nginx:1.29"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "public.ecr.aws/nginx/nginx:1.29"}]}
    /// ```
    UNNAMED_REGISTRY = {
        id: "unnamed-registry",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["IMG-04"],
        look: Container(Containers::Every, unnamed_registry),
    }
}

fn unnamed_registry(container: &Container<'_>, findings: &mut Findings<'_>) {
    let image = container.node.text_at(&["image"]).unwrap_or_default();
    let host = image.split_once('/').map_or("", |(host, _)| host);
    let is_host = host.contains(['.', ':']) || host == "localhost";
    if !image.is_empty() && !is_host {
        findings
            .report(container.path(&["image"]), format!("the image `{image}` names no registry"))
            .help("begin with the registry's host, such as `public.ecr.aws/`");
    }
}
