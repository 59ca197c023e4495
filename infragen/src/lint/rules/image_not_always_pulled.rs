use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags containers that may run an image which a node already has.
    ///
    /// ## Why is this bad?
    /// A node does not ask the registry then: whoever can name the image may run it, without the right to pull it, and
    /// a tag that was moved goes unseen. Where tags are never moved and a node has one tenant, it only costs time at
    /// each start.
    ///
    /// ## Fields
    /// `imagePullPolicy` of all containers. Where it is absent, it is `Always` for images without a tag or with
    /// `latest`.
    ///
    /// ## Allowed values
    /// `Always`.
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
    ///     imagePullPolicy: IfNotPresent
    /// ```
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
    ///     image: example/web:1.2.0
    ///     imagePullPolicy: Always
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: example/web}]
    /// ```
    IMAGE_NOT_ALWAYS_PULLED = {
        id: "image-not-always-pulled",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["IMG-03"],
        look: Container(Containers::Every, image_not_always_pulled),
    }
}

fn image_not_always_pulled(container: &Container<'_>, findings: &mut Findings<'_>) {
    let image = container.node.text_at(&["image"]).unwrap_or_default();
    let is_always = match container.node.text_at(&["imagePullPolicy"]) {
        Some(policy) => policy == "Always",
        None => is_latest(image),
    };
    if !is_always {
        findings
            .report(
                container.path(&["imagePullPolicy"]),
                format!(
                    "container `{}` may run an image that nobody asked the registry for",
                    container.name()
                ),
            )
            .help("set `imagePullPolicy: Always`");
    }
}

/// Whether the API server takes the image for one that moves.
fn is_latest(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    !name.contains('@') && name.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}

#[cfg(test)]
mod tests {
    use super::IMAGE_NOT_ALWAYS_PULLED;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("image: web", false),
            ("image: \"web:latest\"", false),
            ("image: \"a:5000/web\"", false),
            ("image: \"web:1\"", true),
            ("image: \"web@sha256:abc\"", true),
            ("image: web, imagePullPolicy: Never", true),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{containers: [{{name: a, {case}}}]}}");
            assert_eq!(finds(&IMAGE_NOT_ALWAYS_PULLED, &yaml), expected, "{case}");
        }
    }
}
