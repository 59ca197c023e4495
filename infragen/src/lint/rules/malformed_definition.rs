use crate::lint::findings::Findings;
use crate::lint::grammar::Name;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags definitions of kinds whose names or versions do not go together.
    ///
    /// ## Why is this bad?
    /// The API server refuses the CustomResourceDefinition.
    ///
    /// ## Fields
    /// `metadata.name`, `spec.names`, `spec.versions[]`, their `additionalPrinterColumns` and `subresources.scale`.
    ///
    /// ## Allowed values
    /// As name the plural and the group, `widgets.example.com`; a `kind` and a `listKind` of letters and digits that differ; exactly
    /// one version with `storage: true`, and each name once; paths that begin with `.`, those of replicas with `.spec.` and
    /// `.status.`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widget.example.com}
    /// spec:
    ///   group: example.com
    ///   scope: Namespaced
    ///   names: {plural: widgets, kind: Widget}
    ///   versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
    /// ```
    /// ```yaml good
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widgets.example.com}
    /// spec:
    ///   group: example.com
    ///   scope: Namespaced
    ///   names: {plural: widgets, kind: Widget}
    ///   versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
    /// ```
    MALFORMED_DEFINITION = {
        id: "malformed-definition",
        category: Admission,
        severity: Error,
        look: Object(&["CustomResourceDefinition"], malformed_definition),
    }
}

fn malformed_definition(object: &Object<'_>, findings: &mut Findings<'_>) {
    // The first version had one schema for all versions.
    if object.api_version != "apiextensions.k8s.io/v1" {
        return;
    }
    let text = |place: &[&str]| object.node.text_at(place).unwrap_or_default();
    let (plural, group) = (text(&["spec", "names", "plural"]), text(&["spec", "group"]));
    let mut report = |path: FieldPath, message: String, help: &str| findings.report(path, message).help(help);
    let expected = format!("{plural}.{group}");
    if object.name != expected {
        report(
            object.path(&["metadata", "name"]),
            format!("`{}` is not the plural and the group", object.name),
            &format!("call it `{expected}`"),
        );
    }
    let (kind, list) = (text(&["spec", "names", "kind"]), text(&["spec", "names", "listKind"]));
    for (field, name) in [("kind", kind), ("listKind", list)] {
        let is_wrong = !name.is_empty() && !Name::Letter.takes(&name.to_lowercase());
        if is_wrong || field == "listKind" && !name.is_empty() && name == kind {
            report(
                object.path(&["spec", "names", field]),
                format!("`{name}` is no name for this"),
                "use letters and digits, and another name for lists",
            );
        }
    }
    let versions = object.at(&["spec", "versions"]).map_or(&[][..], Node::items);
    let stored = |version: &&Node| version.get("storage").and_then(Node::as_bool) == Some(true);
    let count = versions.iter().filter(stored).count();
    if count != 1 {
        report(
            object.path(&["spec", "versions"]),
            format!("{count} versions are those in which objects are kept"),
            "set `storage: true` in exactly one",
        );
    }
    for (index, version) in versions.iter().enumerate() {
        let path = || object.path(&["spec", "versions"]).index(index);
        let name = version.text_at(&["name"]);
        if versions[..index].iter().any(|earlier| earlier.text_at(&["name"]) == name) {
            report(path().field("name"), "another version has this name, too".to_owned(), "merge them");
        }
        for (at, column) in
            version.get("additionalPrinterColumns").map_or(&[][..], Node::items).iter().enumerate()
        {
            if let Some(way) =
                column.text_at(&["jsonPath"]).filter(|way| !way.is_empty() && !way.starts_with('.'))
            {
                report(
                    path().field("additionalPrinterColumns").index(at).field("jsonPath"),
                    format!("`{way}` is no path of a field"),
                    "begin it with `.`",
                );
            }
        }
        for field in version.at(&["subresources", "status"]).map_or(&[][..], Node::fields) {
            report(
                path().fields(&["subresources", "status"]).field(&field.name),
                format!("`status` has no field `{}`", field.name),
                "write `status: {}`: its schema stands beside that of the spec",
            );
        }
        let scale = [("specReplicasPath", ".spec."), ("statusReplicasPath", ".status.")];
        for (field, start) in scale {
            let place = ["subresources", "scale", field];
            if let Some(way) =
                version.text_at(&place).filter(|way| !way.is_empty() && !way.starts_with(start))
            {
                report(
                    path().fields(&place),
                    format!("`{way}` is not below `{start}`"),
                    "name the field of the replicas",
                );
            }
        }
    }
}
