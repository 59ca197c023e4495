use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags ConfigMaps and Secrets with more than 1 MiB.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `data` and `binaryData` of ConfigMaps, `data` and `stringData` of Secrets.
    ///
    /// ## Allowed values
    /// Values of up to 1,048,576 bytes together, before base64 and, in a ConfigMap, with their keys.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {map: <1 MiB of text>}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {map: tiles}
    /// ```
    CONFIG_TOO_LARGE = {
        id: "config-too-large",
        category: Admission,
        severity: Error,
        covers: ["SRV-10"],
        look: Object(&["ConfigMap", "Secret"], config_too_large),
    }
}

const MOST: usize = 1024 * 1024;

fn config_too_large(object: &Object<'_>, findings: &mut Findings<'_>) {
    let sizes = ["data", "binaryData", "stringData"].into_iter().flat_map(|map| {
        let is_encoded = map == "binaryData" || map == "data" && object.kind == "Secret";
        let entries = object.at(&[map]).map_or(&[][..], Node::fields).iter();
        entries.map(move |entry| {
            let text = entry.node.as_str().unwrap_or_default();
            let value = if is_encoded { text.trim_end_matches('=').len() / 4 * 3 } else { text.len() };
            if object.kind == "ConfigMap" { value + entry.name.len() } else { value }
        })
    });
    let size: usize = sizes.sum();
    if size > MOST {
        findings
            .report(
                object.path(&[]),
                format!("this {} has {size} bytes, above the limit of {MOST}", object.kind),
            )
            .help("put large files in an image or on a volume");
    }
}
