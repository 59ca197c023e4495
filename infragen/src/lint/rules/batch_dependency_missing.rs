use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::nearest::nearest;
use crate::node::Node;

declare_rule! {
    /// Flags builds that wait for a build that there is not.
    ///
    /// ## Why is this bad?
    /// CodeBuild refuses the batch.
    ///
    /// ## Fields
    /// `batch.build-graph[].depend-on[]`.
    ///
    /// ## Allowed values
    /// Identifiers of other builds of the graph.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// batch: {build-graph: [{identifier: test}, {identifier: image, depend-on: [tests]}]}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// batch: {build-graph: [{identifier: test}, {identifier: image, depend-on: [test]}]}
    /// phases: {build: {commands: [make]}}
    /// ```
    BATCH_DEPENDENCY_MISSING = {
        id: "batch-dependency-missing",
        category: Buildspec,
        severity: Error,
        look: Buildspec(batch_dependency_missing),
    }
}

fn batch_dependency_missing(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let builds = buildspec.builds();
    for build in &builds {
        for (index, on) in build.node.get("depend-on").map_or(&[][..], Node::items).iter().enumerate() {
            let Some(on) = on.as_str().filter(|on| builds.iter().all(|build| build.identifier != *on)) else {
                continue;
            };
            let finding = findings.report(
                build.path.field("depend-on").index(index),
                format!("the build `{}` waits for `{on}`, which there is not", build.identifier),
            );
            match nearest(on, builds.iter().map(|build| build.identifier)) {
                Some(nearest) => finding.help(format!("write `{nearest}`")),
                None => finding.help("name a build of this graph"),
            }
        }
    }
}
