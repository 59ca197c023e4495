use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::Node;

declare_rule! {
    /// Flags builds that wait for themselves, at once or by way of others.
    ///
    /// ## Why is this bad?
    /// CodeBuild refuses the batch: none of them could ever begin.
    ///
    /// ## Fields
    /// `batch.build-graph[].depend-on[]`.
    ///
    /// ## Allowed values
    /// Identifiers of builds that do not wait for this one.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// batch:
    ///   build-graph:
    ///   - {identifier: a, depend-on: [b]}
    ///   - {identifier: b, depend-on: [a]}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// batch:
    ///   build-graph:
    ///   - {identifier: a}
    ///   - {identifier: b, depend-on: [a]}
    /// phases: {build: {commands: [make]}}
    /// ```
    BATCH_DEPENDENCY_CYCLE = {
        id: "batch-dependency-cycle",
        category: Buildspec,
        severity: Error,
        look: Buildspec(batch_dependency_cycle),
    }
}

fn batch_dependency_cycle(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let builds = buildspec.builds();
    let waits_for = |identifier: &str| {
        let build = builds.iter().find(|build| build.identifier == identifier);
        let list = build.and_then(|build| build.node.get("depend-on")).map_or(&[][..], Node::items);
        list.iter().filter_map(Node::as_str)
    };
    for build in &builds {
        let mut reached: Vec<&str> = waits_for(build.identifier).collect();
        let mut next = 0;
        while let Some(identifier) = reached.get(next) {
            let more: Vec<&str> = waits_for(identifier).filter(|more| !reached.contains(more)).collect();
            reached.extend(more);
            next += 1;
        }
        if reached.contains(&build.identifier) {
            findings
                .report(
                    build.path.field("depend-on"),
                    format!("the build `{}` waits for itself", build.identifier),
                )
                .help("take one of the dependencies away");
        }
    }
}
