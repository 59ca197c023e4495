use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::FieldPath;

declare_rule! {
    /// Flags batches that say two things of which one can be.
    ///
    /// ## Why is this bad?
    /// CodeBuild refuses the batch, or takes one of the two.
    ///
    /// ## Fields
    /// `batch` with more than one of `build-graph`, `build-list`, `build-matrix`, `build-fanout`; `env` of a build with
    /// both `compute-type` and `fleet`; identifiers.
    ///
    /// ## Allowed values
    /// One kind of builds; either on-demand compute or a fleet; an identifier of its own for each build.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// batch: {build-list: [{identifier: a}], build-fanout: {parallelism: 2}}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml bad
    /// version: 0.2
    /// batch: {build-list: [{identifier: a}, {identifier: a}]}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml bad
    /// version: 0.2
    /// batch: {build-list: [{identifier: a, env: {fleet: f, compute-type: BUILD_GENERAL1_SMALL}}]}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// batch: {build-list: [{identifier: a}, {identifier: b, env: {fleet: f}}]}
    /// phases: {build: {commands: [make]}}
    /// ```
    AMBIGUOUS_BATCH = {
        id: "ambiguous-batch",
        category: Buildspec,
        severity: Error,
        look: Buildspec(ambiguous_batch),
    }
}

fn ambiguous_batch(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    let kinds = ["build-graph", "build-list", "build-matrix", "build-fanout"];
    let given: Vec<&str> =
        kinds.into_iter().filter(|kind| buildspec.node.at(&["batch", kind]).is_some()).collect();
    if let [first, second, ..] = given[..] {
        findings
            .report(
                FieldPath::root().fields(&["batch", second]),
                format!("the batch has both `{first}` and `{second}`"),
            )
            .help("keep one of them");
    }
    let builds = buildspec.builds();
    for (index, build) in builds.iter().enumerate() {
        let is_taken = builds[..index].iter().any(|before| before.identifier == build.identifier);
        if is_taken && !build.identifier.is_empty() {
            findings
                .report(
                    build.path.field("identifier"),
                    format!("two builds of the batch are called `{}`", build.identifier),
                )
                .help("give each a name of its own");
        }
        let env = build.node.get("env");
        if env.is_some_and(|env| env.get("compute-type").is_some() && env.get("fleet").is_some()) {
            findings
                .report(
                    build.path.fields(&["env", "fleet"]),
                    format!("the build `{}` has both a `compute-type` and a `fleet`", build.identifier),
                )
                .help("keep one of them");
        }
    }
}
