use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;
use crate::lint::selector::Selector;
use crate::lint::view::Workload;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags affinity and anti-affinity to Pods that no workload makes.
    ///
    /// ## Why is this bad?
    /// Anti-affinity to nobody keeps nothing apart: all Pods may land on one node. A Pod with a required affinity to
    /// nobody never starts.
    ///
    /// ## Fields
    /// `labelSelector` of each term of `affinity.podAntiAffinity` and, in an environment, of `affinity.podAffinity`.
    /// Terms that name namespaces are passed over.
    ///
    /// ## Allowed values
    /// A selector that takes the workload's own Pods or those of another of its namespace.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       affinity:
    ///         podAntiAffinity:
    ///           requiredDuringSchedulingIgnoredDuringExecution:
    ///           - topologyKey: kubernetes.io/hostname
    ///             labelSelector: {matchLabels: {app: wbe}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       affinity:
    ///         podAntiAffinity:
    ///           requiredDuringSchedulingIgnoredDuringExecution:
    ///           - topologyKey: kubernetes.io/hostname
    ///             labelSelector: {matchLabels: {app: web}}
    /// ```
    AFFINITY_TO_NOBODY = {
        id: "affinity-to-nobody",
        category: Reference,
        severity: Warning,
        covers: ["AVL-03", "OBJ-29"],
        look: Bundle(affinity_to_nobody),
    }
}

fn affinity_to_nobody(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for workload in graph.workloads() {
        for kind in ["podAntiAffinity", "podAffinity"] {
            // Whom it wants to be near may come from somebody else.
            if kind == "podAffinity" && !graph.is_complete() {
                continue;
            }
            for (term, path) in terms(workload, kind) {
                let names_namespaces =
                    ["namespaces", "namespaceSelector"].iter().any(|field| term.get(field).is_some());
                let Some(selector) = term.get("labelSelector").map(Selector::new) else { continue };
                if names_namespaces || !graph.selected(workload, selector).is_empty() {
                    continue;
                }
                findings
                    .report_on(
                        workload,
                        path.field("labelSelector"),
                        "the selector takes the Pods of no workload",
                    )
                    .help("select by labels that a Pod template has, the workload's own for one Pod a node");
            }
        }
    }
}

/// The terms of one kind of affinity, required ones first.
fn terms<'a>(workload: &Workload<'a>, kind: &str) -> Vec<(&'a Node, FieldPath)> {
    let mut terms = Vec::new();
    for strength in
        ["requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution"]
    {
        let field = ["affinity", kind, strength];
        for (index, item) in workload.pod(&field).map_or(&[][..], Node::items).iter().enumerate() {
            let path = workload.pod_path(&field).index(index);
            terms.push(match item.get("podAffinityTerm") {
                Some(term) => (term, path.field("podAffinityTerm")),
                None => (item, path),
            });
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::AFFINITY_TO_NOBODY;
    use crate::lint::testing::{messages, messages_of_foreign};

    fn of(affinity: &str) -> String {
        format!(
            "kind: Pod\nmetadata: {{name: p, labels: {{app: web}}}}\nspec: {{affinity: {affinity}}}\n---\n\
             kind: Pod\nmetadata: {{name: q, labels: {{app: api}}}}\n"
        )
    }

    #[test]
    fn every_term_is_looked_at() {
        let (required, preferred) = (
            "requiredDuringSchedulingIgnoredDuringExecution",
            "preferredDuringSchedulingIgnoredDuringExecution",
        );
        let selector = |app: &str| format!("labelSelector: {{matchLabels: {{app: {app}}}}}");
        let cases = [
            (format!("{{podAntiAffinity: {{{required}: [{{{}}}]}}}}", selector("web")), 0),
            (format!("{{podAntiAffinity: {{{required}: [{{{}}}]}}}}", selector("api")), 0),
            (format!("{{podAntiAffinity: {{{required}: [{{{}}}]}}}}", selector("none")), 1),
            (format!("{{podAntiAffinity: {{{required}: [{{namespaces: [a], {}}}]}}}}", selector("none")), 0),
            (
                format!(
                    "{{podAntiAffinity: {{{preferred}: [{{podAffinityTerm: {{{}}}}}]}}}}",
                    selector("none")
                ),
                1,
            ),
            (format!("{{podAffinity: {{{required}: [{{{}}}]}}}}", selector("none")), 1),
            (format!("{{podAntiAffinity: {{{required}: [{{topologyKey: zone}}]}}}}"), 0),
        ];
        for (affinity, count) in cases {
            assert_eq!(messages(&AFFINITY_TO_NOBODY, &of(&affinity)).len(), count, "{affinity}");
        }
        let near = of(&format!("{{podAffinity: {{{required}: [{{{}}}]}}}}", selector("elsewhere")));
        assert!(messages_of_foreign(&AFFINITY_TO_NOBODY, &near).is_empty());
    }
}
