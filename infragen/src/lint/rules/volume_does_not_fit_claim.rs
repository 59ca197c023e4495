use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags claims on a volume that they cannot be bound to.
    ///
    /// ## Why is this bad?
    /// The claim stays pending, and so does every Pod that mounts it.
    ///
    /// ## Fields
    /// `spec.volumeName` of PersistentVolumeClaims and `spec.claimRef` of PersistentVolumes: size, access modes,
    /// `storageClassName` and `volumeMode` of both.
    ///
    /// ## Allowed values
    /// A volume that is as large as the claim asks, has all of its access modes, the same class and the same mode, and
    /// is reserved for no other claim. Of a volume that is reserved for the claim, as the controller has it, only size
    /// and mode count.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: disk}
    /// spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {volumeName: disk, accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 20Gi}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: disk}
    /// spec: {capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce], csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {volumeName: disk, accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 10Gi}}}
    /// ```
    VOLUME_DOES_NOT_FIT_CLAIM = {
        id: "volume-does-not-fit-claim",
        category: Reference,
        severity: Error,
        covers: ["OBJ-12"],
        look: Bundle(volume_does_not_fit_claim),
    }
}

fn volume_does_not_fit_claim(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for claim in graph.of_kind("PersistentVolumeClaim") {
        let named = claim.node.text_at(&["spec", "volumeName"]).filter(|name| !name.is_empty());
        let volume = match named {
            Some(name) => graph.find(claim, "PersistentVolume", name),
            None => graph.of_kind("PersistentVolume").find(|volume| is_reserved(volume, claim) == Some(true)),
        };
        let Some(volume) = volume.filter(|volume| graph.applied_together(volume, claim)) else { continue };
        let reserved = is_reserved(volume, claim);
        // Who names each other is bound without a further look.
        if named.is_some() && reserved == Some(true) {
            continue;
        }
        if let Some((field, message)) = misfit(volume, claim, reserved) {
            findings
                .report_on(claim, claim.path(field), format!("the volume `{}` {message}", volume.name))
                .help("give claim and volume the same size, access modes, class and mode, and each other's names");
        }
    }
}

/// Whether the volume is reserved for this claim; none, when it is for nobody.
fn is_reserved(volume: &Object<'_>, claim: &Object<'_>) -> Option<bool> {
    let reference = volume.at(&["spec", "claimRef"])?;
    Some(
        reference.text_at(&["name"]) == Some(claim.name)
            && claim.shares_namespace(reference.text_at(&["namespace"])),
    )
}

fn misfit<'a>(
    volume: &Object<'a>,
    claim: &Object<'a>,
    reserved: Option<bool>,
) -> Option<(&'static [&'static str], String)> {
    if reserved == Some(false) {
        return Some((&["spec", "volumeName"], "is reserved for another claim".to_owned()));
    }
    let size = |object: &Object<'_>, path: &[&str]| object.at(path).and_then(Quantity::of);
    let asked = size(claim, &["spec", "resources", "requests", "storage"]);
    let there = size(volume, &["spec", "capacity", "storage"]);
    if let Some((asked, there)) = asked.zip(there).filter(|(asked, there)| asked > there) {
        let (there, asked) = (there.show("storage"), asked.show("storage"));
        let message = format!("holds `{there}`, and the claim asks for `{asked}`");
        return Some((&["spec", "resources", "requests", "storage"], message));
    }
    let mode = |object: &Object<'a>| object.node.text_at(&["spec", "volumeMode"]).unwrap_or("Filesystem");
    if mode(volume) != mode(claim) {
        return Some((&["spec", "volumeMode"], format!("has the mode `{}`", mode(volume))));
    }
    if reserved.is_some() {
        return None;
    }
    let class = |object: &Object<'a>| object.node.text_at(&["spec", "storageClassName"]);
    // A claim that names no class is given the cluster's default, which nobody knows.
    if class(claim).is_some_and(|class_of_claim| class_of_claim != class(volume).unwrap_or_default()) {
        let message = format!("has the class `{}`", class(volume).unwrap_or_default());
        return Some((&["spec", "storageClassName"], message));
    }
    let modes = |object: &Object<'a>| object.at(&["spec", "accessModes"]).map_or(&[][..], Node::items);
    let missing = modes(claim).iter().find(|mode| !modes(volume).contains(mode)).and_then(Node::as_str);
    missing.map(|mode| (&["spec", "accessModes"][..], format!("lacks the access mode `{mode}`")))
}

#[cfg(test)]
mod tests {
    use super::VOLUME_DOES_NOT_FIT_CLAIM;
    use crate::lint::testing::finds;

    fn of(volume: &str, claim: &str) -> bool {
        finds(
            &VOLUME_DOES_NOT_FIT_CLAIM,
            &format!(
                "kind: PersistentVolume\nmetadata: {{name: v}}\nspec: {{capacity: {{storage: 10Gi}}, accessModes: [ReadWriteOnce]{volume}}}\n---\n\
                 kind: PersistentVolumeClaim\nmetadata: {{name: c, namespace: a}}\nspec: {{accessModes: [ReadWriteOnce]{claim}}}\n"
            ),
        )
    }

    #[test]
    fn a_volume_fits_as_the_controller_has_it() {
        let (named, large) = (", volumeName: v", ", resources: {requests: {storage: 20Gi}}");
        let (mine, other) = (", claimRef: {name: c, namespace: a}", ", claimRef: {name: c, namespace: b}");
        let cases = [
            ("", named.to_owned(), false),
            ("", large.to_owned(), false),
            ("", format!("{named}{large}"), true),
            (mine, format!("{named}{large}"), false),
            (mine, large.to_owned(), true),
            (other, named.to_owned(), true),
            (other, String::new(), false),
            ("", format!("{named}, storageClassName: gp3"), true),
            (", storageClassName: gp3", format!("{named}, storageClassName: gp3"), false),
            (", storageClassName: gp3", named.to_owned(), false),
            (", storageClassName: gp3", format!("{named}, storageClassName: \"\""), true),
            (mine, ", storageClassName: gp3".to_owned(), false),
            ("", format!("{named}, volumeMode: Block"), true),
        ];
        for (volume, claim, expected) in cases {
            assert_eq!(of(volume, &claim), expected, "{volume} {claim}");
        }
    }
}
