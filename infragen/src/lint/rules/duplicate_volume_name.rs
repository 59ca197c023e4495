use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags volumes of one Pod with the same name.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object: names must tell things apart.
    ///
    /// ## Fields
    /// `volumes[].name` of Pods.
    ///
    /// ## Allowed values
    /// A name of its own for each.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes: [{name: tmp, emptyDir: {}}, {name: tmp, configMap: {name: web}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   volumes: [{name: tmp, emptyDir: {}}, {name: web, configMap: {name: web}}]
    /// ```
    DUPLICATE_VOLUME_NAME = {
        id: "duplicate-volume-name",
        category: Admission,
        severity: Error,
        look: Workload(&[], duplicate_volume_name),
    }
}

fn duplicate_volume_name(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let volumes = workload.pod(&["volumes"]).map_or(&[][..], Node::items);
    for (index, volume) in volumes.iter().enumerate() {
        let Some(name) = volume.text_at(&["name"]).filter(|name| !name.is_empty()) else { continue };
        if volumes[..index].iter().any(|earlier| earlier.text_at(&["name"]) == Some(name)) {
            findings
                .report(
                    workload.pod_path(&["volumes"]).index(index).field("name"),
                    format!("another volume is called `{name}`, too"),
                )
                .help("give each volume a name of its own");
        }
    }
}
