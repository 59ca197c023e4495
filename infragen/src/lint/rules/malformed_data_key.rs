use crate::lint::findings::Findings;
use crate::lint::grammar::Name;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags keys of ConfigMaps and Secrets that cannot be names of files.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `data`, `binaryData` and `stringData` of ConfigMaps and Secrets.
    ///
    /// ## Allowed values
    /// Up to 253 letters, digits, `-`, `_` and `.`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {etc/web.conf: ""}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {web.conf: ""}
    /// ```
    MALFORMED_DATA_KEY = {
        id: "malformed-data-key",
        category: Admission,
        severity: Error,
        look: Object(&["ConfigMap", "Secret"], malformed_data_key),
    }
}

fn malformed_data_key(object: &Object<'_>, findings: &mut Findings<'_>) {
    for map in ["data", "binaryData", "stringData"] {
        for entry in object.at(&[map]).map_or(&[][..], Node::fields) {
            if !Name::Key.takes(&entry.name) {
                findings
                    .report(object.path(&[map, &entry.name]), format!("`{}` is no key", entry.name))
                    .help(format!("it must be {}", Name::Key.asks()));
            }
        }
    }
}
