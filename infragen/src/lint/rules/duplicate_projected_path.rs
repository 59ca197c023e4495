use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags files of a projected volume that stand at one path twice.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: one file would hide the other.
    ///
    /// ## Fields
    /// `items[].path` of the sources of projected volumes.
    ///
    /// ## Allowed values
    /// Each path once in a volume.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes:
    ///   - name: all
    ///     projected:
    ///       sources:
    ///       - {configMap: {name: web, items: [{key: a, path: settings}]}}
    ///       - {secret: {name: web, items: [{key: b, path: settings}]}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes:
    ///   - name: all
    ///     projected:
    ///       sources:
    ///       - {configMap: {name: web, items: [{key: a, path: settings}]}}
    ///       - {secret: {name: web, items: [{key: b, path: password}]}}
    /// ```
    DUPLICATE_PROJECTED_PATH = {
        id: "duplicate-projected-path",
        category: Admission,
        severity: Error,
        look: Workload(&[], duplicate_projected_path),
    }
}

fn duplicate_projected_path(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    for (index, volume) in workload.pod(&["volumes"]).map_or(&[][..], Node::items).iter().enumerate() {
        let Some(sources) = volume.at(&["projected", "sources"]) else { continue };
        let mut seen: Vec<&str> = Vec::new();
        for (at, source) in sources.items().iter().enumerate() {
            for kind in ["secret", "configMap", "downwardAPI"] {
                let items = source.at(&[kind, "items"]).map_or(&[][..], Node::items);
                for (item, path) in items.iter().enumerate() {
                    let Some(path) = path.text_at(&["path"]).filter(|path| !path.is_empty()) else {
                        continue;
                    };
                    if seen.contains(&path) {
                        let place =
                            workload.pod_path(&["volumes"]).index(index).fields(&["projected", "sources"]);
                        let place = place.index(at).fields(&[kind, "items"]).index(item).field("path");
                        findings
                            .report(place, format!("another file of this volume stands at `{path}`, too"))
                            .help("give each file a path of its own");
                    }
                    seen.push(path);
                }
            }
        }
    }
}
