use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags constraints of a Pod's spread that stand twice, or whose parts do not go together.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `topologySpreadConstraints[]` of Pods.
    ///
    /// ## Allowed values
    /// Each `topologyKey` once with each `whenUnsatisfiable`; `minDomains` with `DoNotSchedule` alone; `matchLabelKeys` only
    /// beside a `labelSelector` that does not name the same keys.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   topologySpreadConstraints:
    ///   - {maxSkew: 1, minDomains: 2, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   topologySpreadConstraints:
    ///   - {maxSkew: 1, minDomains: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
    /// ```
    CONTRADICTORY_SPREAD = {
        id: "contradictory-spread",
        category: Admission,
        severity: Error,
        covers: ["SRV-12"],
        look: Workload(&[], contradictory_spread),
    }
}

fn contradictory_spread(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let constraints = workload.pod(&["topologySpreadConstraints"]).map_or(&[][..], Node::items);
    for (index, constraint) in constraints.iter().enumerate() {
        let key = |node: &Node| {
            [node.text_at(&["topologyKey"]), node.text_at(&["whenUnsatisfiable"])]
                .map(|text| text.map(str::to_owned))
        };
        let path = || workload.pod_path(&["topologySpreadConstraints"]).index(index);
        if constraints[..index].iter().any(|earlier| key(earlier) == key(constraint)) {
            findings
                .report(
                    path(),
                    "a constraint of the same `topologyKey` and `whenUnsatisfiable` stands before",
                )
                .help("remove one of them");
        }
        if constraint.get("minDomains").and_then(Node::as_i64).is_some()
            && constraint.text_at(&["whenUnsatisfiable"]) == Some("ScheduleAnyway")
        {
            findings
                .report(path().field("minDomains"), "`minDomains` counts only with `DoNotSchedule`")
                .help("remove it, or set `whenUnsatisfiable: DoNotSchedule`");
        }
        let keys = constraint.get("matchLabelKeys").map_or(&[][..], Node::items);
        let selector = constraint.get("labelSelector").filter(|selector| selector.value != Value::Null);
        if !keys.is_empty() && selector.is_none() {
            findings
                .report(path().field("matchLabelKeys"), "there is no `labelSelector` that they could add to")
                .help("set a `labelSelector`");
        }
        for (at, key) in keys.iter().enumerate() {
            let named = |selector: &Node| {
                let expressions = selector.get("matchExpressions").map_or(&[][..], Node::items);
                let name = key.as_str().unwrap_or_default();
                selector.at(&["matchLabels", name]).is_some()
                    || expressions.iter().any(|expression| expression.text_at(&["key"]) == Some(name))
            };
            if selector.is_some_and(named) {
                findings
                    .report(
                        path().field("matchLabelKeys").index(at),
                        "the `labelSelector` names this key, too",
                    )
                    .help("name it in one of them");
            }
        }
    }
}
