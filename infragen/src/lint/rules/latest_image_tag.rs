use crate::lint::findings::Findings;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;

declare_rule! {
    /// Flags images without a tag, or with the tag `latest`.
    ///
    /// ## Why is this bad?
    /// Such a name means another image tomorrow: Pods of one workload run different programs, and nothing can be
    /// rolled back, because nobody knows what ran before.
    ///
    /// ## Fields
    /// `image` of all containers.
    ///
    /// ## Allowed values
    /// A name with a tag other than `latest`, or with a digest.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "registry.example.com:5000/web"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - {name: wait, image: "busybox:latest"}
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "registry.example.com:5000/web:1.2.0"}
    ///   - {name: log, image: "example/log@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
    /// ```
    LATEST_IMAGE_TAG = {
        id: "latest-image-tag",
        category: Practice,
        severity: Warning,
        covers: ["IMG-01"],
        look: Container(Containers::Every, latest_image_tag),
    }
}

fn latest_image_tag(container: &Container<'_>, findings: &mut Findings<'_>) {
    let Some(image) = container.node.text_at(&["image"]) else { return };
    let name = image.rsplit('/').next().unwrap_or(image);
    // A digest has a colon too, and so is taken for a tag, which is as good.
    let tag = name.split_once(':').map_or("", |(_, tag)| tag);
    if !matches!(tag, "" | "latest") {
        return;
    }
    let lacks = if tag.is_empty() { "has no tag" } else { "has the tag `latest`" };
    findings
        .report(
            container.path(&["image"]),
            format!("the image `{image}` of container `{}` {lacks}", container.name()),
        )
        .help("name the version or the digest of the image");
}

#[cfg(test)]
mod tests {
    use super::LATEST_IMAGE_TAG;
    use crate::lint::testing::finds;

    #[test]
    fn a_tag_is_what_follows_the_last_part_of_the_name() {
        let cases = [
            ("web", true),
            ("web:latest", true),
            ("registry:5000/web", true),
            ("registry:5000/team/web:latest", true),
            ("web:1", false),
            ("registry:5000/web:latest-1", false),
            ("web@sha256:abc", false),
            ("web:latest@sha256:abc", false),
        ];
        for (image, expected) in cases {
            let yaml = format!("kind: Pod\nspec: {{containers: [{{name: a, image: '{image}'}}]}}");
            assert_eq!(finds(&LATEST_IMAGE_TAG, &yaml), expected, "{image}");
        }
    }
}
