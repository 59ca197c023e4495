use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags priority classes whose name is kept for Kubernetes' own.
    ///
    /// ## Why is this bad?
    /// The API server refuses the PriorityClass.
    ///
    /// ## Fields
    /// `metadata.name` of PriorityClasses.
    ///
    /// ## Allowed values
    /// Names that do not begin with `system-`, but for the two that each cluster has.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: scheduling.k8s.io/v1
    /// kind: PriorityClass
    /// metadata: {name: system-web}
    /// value: 1000
    /// ```
    /// ```yaml good
    /// apiVersion: scheduling.k8s.io/v1
    /// kind: PriorityClass
    /// metadata: {name: web}
    /// value: 1000
    /// ```
    SYSTEM_PRIORITY_CLAIMED = {
        id: "system-priority-claimed",
        category: Admission,
        severity: Error,
        look: Object(&["PriorityClass"], system_priority_claimed),
    }
}

const OWN: [&str; 2] = ["system-cluster-critical", "system-node-critical"];

fn system_priority_claimed(class: &Object<'_>, findings: &mut Findings<'_>) {
    if class.name.starts_with("system-") && !OWN.contains(&class.name) {
        findings
            .report(
                class.path(&["metadata", "name"]),
                format!("`{}` is a name of Kubernetes' own", class.name),
            )
            .help("choose a name that does not begin with `system-`");
    }
}
