use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags objects whose label for the instance is not their name.
    ///
    /// ## Why is this bad?
    /// Some tools take `app.kubernetes.io/instance` for the name of what they manage, and lose or delete what differs.
    ///
    /// ## Fields
    /// `app.kubernetes.io/instance` among the labels.
    ///
    /// ## Allowed values
    /// `metadata.name`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, labels: {app.kubernetes.io/instance: shop}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, labels: {app.kubernetes.io/instance: web}}
    /// ```
    INSTANCE_LABEL_OF_OTHER_NAME = {
        id: "instance-label-of-other-name",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["MET-05"],
        look: Object(&[], instance_label_of_other_name),
    }
}

fn instance_label_of_other_name(object: &Object<'_>, findings: &mut Findings<'_>) {
    let field = ["metadata", "labels", "app.kubernetes.io/instance"];
    let Some(instance) = object.node.text_at(&field).filter(|instance| *instance != object.name) else {
        return;
    };
    findings
        .report(object.path(&field), format!("the instance `{instance}` is not the name `{}`", object.name))
        .help("use the object's name");
}
