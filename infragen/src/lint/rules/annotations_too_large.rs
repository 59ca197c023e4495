use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags objects with more than 256 KiB of annotations.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object. So it does when `kubectl apply` adds an annotation that holds the object
    /// itself.
    ///
    /// ## Fields
    /// `metadata.annotations` of every object.
    ///
    /// ## Allowed values
    /// Keys and values of up to 262,144 bytes together.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   annotations: {example.com/map: <1 MiB of text>}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   annotations: {example.com/map: tiles}
    /// ```
    ANNOTATIONS_TOO_LARGE = {
        id: "annotations-too-large",
        category: Admission,
        severity: Error,
        covers: ["SRV-10"],
        look: Object(&[], annotations_too_large),
    }
}

const MOST: usize = 256 * 1024;

fn annotations_too_large(object: &Object<'_>, findings: &mut Findings<'_>) {
    let size: usize =
        object.annotations().map(|(name, node)| name.len() + node.as_str().map_or(0, str::len)).sum();
    if size > MOST {
        findings
            .report(
                object.path(&["metadata", "annotations"]),
                format!("the annotations have {size} bytes, above the limit of {MOST}"),
            )
            .help("keep large values in a ConfigMap");
    }
}
