use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags claims and volumes that are for one Pod and for several, claims of no storage, and those with two origins.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `accessModes`, `resources.requests.storage`, `dataSource` and `dataSourceRef` of PersistentVolumeClaims, of templates of
    /// such, and `accessModes` of PersistentVolumes.
    ///
    /// ## Allowed values
    /// `ReadWriteOncePod` alone; more than 0; `dataSource` and `dataSourceRef` that say the same.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOncePod, ReadWriteMany], resources: {requests: {storage: 1Gi}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1Gi}}}
    /// ```
    CONTRADICTORY_CLAIM = {
        id: "contradictory-claim",
        category: Admission,
        severity: Error,
        look: Object(&[], contradictory_claim),
    }
}

static CLAIMS: Fields<()> =
    Fields::new(&[(Where::Claim(""), ()), (Where::Of(&["PersistentVolume"], "spec"), ())]);

fn contradictory_claim(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    CLAIMS.each(&scene, |(), claim, spot| {
        let modes = claim.get("accessModes").map_or(&[][..], Node::items);
        let singles = modes.iter().filter(|mode| mode.as_str() == Some("ReadWriteOncePod")).count();
        if singles > 0 && singles < modes.len() {
            findings
                .report(spot.path().field("accessModes"), "`ReadWriteOncePod` stands beside another mode")
                .help("keep it alone, or remove it");
        }
        let storage = ["resources", "requests", "storage"];
        if claim.at(&storage).and_then(Quantity::of).is_some_and(|amount| amount == Quantity::default()) {
            findings
                .report(spot.path().fields(&storage), "the claim is for no storage")
                .help("ask for more than 0");
        }
        let differs = |name: &str| claim.at(&["dataSource", name]) != claim.at(&["dataSourceRef", name]);
        let both = claim.get("dataSource").is_some() && claim.get("dataSourceRef").is_some();
        if both && ["apiGroup", "kind", "name"].into_iter().any(differs) {
            findings
                .report(
                    spot.path().field("dataSource"),
                    "`dataSource` and `dataSourceRef` say different things",
                )
                .help("remove `dataSource`");
        }
    });
}
