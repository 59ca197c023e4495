use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags artifacts of all that is in the folder.
    ///
    /// ## Why is this bad?
    /// Sources, history, caches and whatever a command wrote, such as credentials, go to the bucket with what was
    /// built.
    ///
    /// ## Fields
    /// `artifacts.files[]` and those of `secondary-artifacts`.
    ///
    /// ## Allowed values
    /// Names of what was built; `**/*` beside a `base-directory` or `exclude-paths`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// artifacts: {files: ['**/*']}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// phases: {build: {commands: [make]}}
    /// artifacts: {files: ['**/*'], base-directory: dist}
    /// ```
    ARTIFACT_OF_EVERYTHING = {
        id: "artifact-of-everything",
        category: Buildspec,
        severity: Info,
        look: Buildspec(artifact_of_everything),
    }
}

fn artifact_of_everything(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let root = FieldPath::root().field("artifacts");
    let Some(artifacts) = buildspec.node.get("artifacts") else { return };
    let secondary = artifacts.get("secondary-artifacts").map_or(&[][..], Node::fields).iter();
    let secondary = secondary.map(|field| (root.fields(&["secondary-artifacts", &field.name]), &field.node));
    for (path, node) in std::iter::once((root.clone(), artifacts)).chain(secondary) {
        let is_bounded = node.get("base-directory").is_some() || node.get("exclude-paths").is_some();
        for (index, glob) in node.get("files").map_or(&[][..], Node::items).iter().enumerate() {
            let is_all = matches!(glob.as_str(), Some("**/*" | "**" | "./**/*" | "."));
            if is_all && !is_bounded {
                findings
                    .report(path.field("files").index(index), "the artifact holds all that is in the folder")
                    .help("name what was built, or give a `base-directory`");
            }
        }
    }
}
