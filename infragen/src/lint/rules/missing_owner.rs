use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags objects that do not say who looks after them.
    ///
    /// ## Why is this bad?
    /// When it fails at night, nobody knows whom to call; when it costs too much, nobody knows whom to ask.
    ///
    /// ## Fields
    /// Labels and annotations of Namespaces, Deployments, StatefulSets, DaemonSets and CronJobs.
    ///
    /// ## Allowed values
    /// A label or an annotation whose name, behind its prefix, is `owner`, `team`, `contact`, `maintainer` or `email`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: web, labels: {example.com/owner: shop}}
    /// ```
    MISSING_OWNER = {
        id: "missing-owner",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["MET-02", "MET-03"],
        look: Object(&["Namespace", "Deployment", "StatefulSet", "DaemonSet", "CronJob"], missing_owner),
    }
}

fn missing_owner(object: &Object<'_>, findings: &mut Findings<'_>) {
    let labels = object.at(&["metadata", "labels"]).map_or(&[][..], Node::fields).iter();
    let names = labels.map(|label| label.name.as_str()).chain(object.annotations().map(|(name, _)| name));
    let mut names = names.map(|name| name.rsplit('/').next().unwrap_or(name));
    if !names.any(|name| OWNERS.contains(&name)) {
        findings
            .report(object.path(&["metadata", "labels"]), "nothing says who looks after this")
            .help("add a label `owner`");
    }
}

const OWNERS: [&str; 5] = ["owner", "team", "contact", "maintainer", "email"];
