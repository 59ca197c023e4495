use crate::lint::findings::Findings;
use crate::lint::grammar::Name;
use crate::lint::rule::declare_rule;
use crate::lint::view::{Object, Workload};
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags annotations whose key is malformed.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `metadata.annotations` of objects and Pod templates.
    ///
    /// ## Allowed values
    /// Keys of up to 63 letters, digits, `-`, `_` and `.`, after an optional DNS name and `/`. Values may hold
    /// anything.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   annotations: {example.com/team/name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   annotations: {example.com/team-name: 'web & co.'}
    /// ```
    MALFORMED_ANNOTATION = {
        id: "malformed-annotation",
        category: Admission,
        severity: Error,
        covers: ["SRV-10"],
        look: Object(&[], malformed_annotation),
    }
}

fn malformed_annotation(object: &Object<'_>, findings: &mut Findings<'_>) {
    let mut check = |path: FieldPath, annotations: &Node| {
        // An annotation's key may be written in capitals, too: the server lowers it before it looks.
        let is_malformed = |name: &str| !Name::Qualified.takes(&name.to_lowercase());
        for annotation in annotations.fields().iter().filter(|annotation| is_malformed(&annotation.name)) {
            let name = &annotation.name;
            findings
                .report(path.field(name), format!("`{name}` is no key of an annotation"))
                .help(format!("it must be {}", Name::Qualified.asks()));
        }
    };
    if let Some(annotations) = object.at(&["metadata", "annotations"]) {
        check(object.path(&["metadata", "annotations"]), annotations);
    }
    if let Some(workload) = Workload::of(*object).filter(|workload| workload.kind != "Pod")
        && let Some(annotations) = workload.template.at(&["metadata", "annotations"])
    {
        check(workload.template_path(&["metadata", "annotations"]), annotations);
    }
}
