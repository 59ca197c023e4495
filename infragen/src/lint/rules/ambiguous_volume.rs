use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags volumes with more than one source.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod: it cannot tell which is meant.
    ///
    /// ## Fields
    /// `volumes[]` of Pods.
    ///
    /// ## Allowed values
    /// One source beside the `name`; with none, the volume is an `emptyDir`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes: [{name: tmp, emptyDir: {}, configMap: {name: web}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes: [{name: tmp, emptyDir: {}}]
    /// ```
    AMBIGUOUS_VOLUME = {
        id: "ambiguous-volume",
        category: Admission,
        severity: Error,
        look: Workload(&[], ambiguous_volume),
    }
}

fn ambiguous_volume(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    for (index, volume) in workload.pod(&["volumes"]).map_or(&[][..], Node::items).iter().enumerate() {
        let sources: Vec<_> = volume
            .fields()
            .iter()
            .filter(|field| field.name != "name" && matches!(field.node.value, Value::Mapping(_)))
            .map(|field| format!("`{}`", field.name))
            .collect();
        if sources.len() > 1 {
            let name = volume.text_at(&["name"]).unwrap_or_default();
            findings
                .report(
                    workload.pod_path(&["volumes"]).index(index),
                    format!("the volume `{name}` has {} sources: {}", sources.len(), sources.join(", ")),
                )
                .help("keep one of them, and give the others a volume of their own");
        }
    }
}
