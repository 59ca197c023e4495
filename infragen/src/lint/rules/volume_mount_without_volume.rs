use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags mounts of a volume that the Pod does not have.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `volumeMounts[].name` and `volumeDevices[].name` of all containers.
    ///
    /// ## Allowed values
    /// The name of one of the Pod's `volumes`, or of one of a StatefulSet's `volumeClaimTemplates`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: tmp, mountPath: /tmp}]
    ///   volumes: [{name: temp, emptyDir: {}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     volumeMounts: [{name: tmp, mountPath: /tmp}]
    ///   volumes: [{name: tmp, emptyDir: {}}]
    /// ```
    VOLUME_MOUNT_WITHOUT_VOLUME = {
        id: "volume-mount-without-volume",
        category: Admission,
        severity: Error,
        covers: ["REF-04", "SRV-06", "OBJ-10"],
        look: Workload(&[], volume_mount_without_volume),
    }
}

fn volume_mount_without_volume(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let volumes = workload.pod(&["volumes"]).map_or(&[][..], Node::items);
    let claims = workload.at(&["spec", "volumeClaimTemplates"]).map_or(&[][..], Node::items);
    let names: Vec<_> = volumes
        .iter()
        .filter_map(|volume| volume.text_at(&["name"]))
        .chain(claims.iter().filter_map(|claim| claim.text_at(&["metadata", "name"])))
        .collect();
    for container in workload.containers() {
        for list in ["volumeMounts", "volumeDevices"] {
            for (index, mount) in container.items(list).iter().enumerate() {
                let Some(name) = mount.text_at(&["name"]).filter(|name| !names.contains(name)) else {
                    continue;
                };
                let path = container.path(&[list]).index(index).field("name");
                findings
                    .report(
                        path,
                        format!(
                            "container `{}` mounts `{name}`, which is no volume of its Pod",
                            container.name()
                        ),
                    )
                    .help(format!("add `{name}` to the Pod's `volumes`, or mount one of {}", quoted(&names)));
            }
        }
    }
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() { "those that it has".to_owned() } else { quoted.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::VOLUME_MOUNT_WITHOUT_VOLUME;
    use crate::lint::testing::finds;

    #[test]
    fn a_volume_may_come_from_a_claim_template() {
        for (claim, expected) in [("storage", false), ("other", true)] {
            let yaml = format!(
                "kind: StatefulSet\nspec:\n  volumeClaimTemplates: [{{metadata: {{name: {claim}}}}}]\n  \
                 template: {{spec: {{containers: [{{name: a, volumeMounts: [{{name: storage}}]}}]}}}}\n"
            );
            assert_eq!(finds(&VOLUME_MOUNT_WITHOUT_VOLUME, &yaml), expected, "{claim}");
        }
    }

    #[test]
    fn every_container_and_device_is_looked_at() {
        for list in ["initContainers", "ephemeralContainers"] {
            let yaml =
                format!("kind: Pod\nspec: {{{list}: [{{name: a, volumeDevices: [{{name: none}}]}}]}}\n");
            assert!(finds(&VOLUME_MOUNT_WITHOUT_VOLUME, &yaml), "{list}");
        }
    }
}
