use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags amounts of resources that cannot be read, or are below zero.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `resources` of containers, requests of claims, `sizeLimit`, `capacity`, and the amounts of ResourceQuotas and
    /// LimitRanges.
    ///
    /// ## Allowed values
    /// A number from 0 with an optional unit: `m`, `k`, `M`, `G`, `T`, `Ki`, `Mi`, `Gi`, `Ti`; upper case and lower
    /// case differ.
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
    ///     resources: {limits: {memory: 512MB}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     resources: {limits: {memory: 512Mi}}
    /// ```
    MALFORMED_QUANTITY = {
        id: "malformed-quantity",
        category: Admission,
        severity: Error,
        covers: ["SRV-15"],
        look: Object(&[], malformed_quantity),
    }
}

static FIELDS: Fields<()> = Fields::new(&[
    (Where::Scheduled("resources.requests|limits{}"), ()),
    (Where::Pod("resources.requests|limits{}"), ()),
    (Where::Pod("volumes[].emptyDir.sizeLimit"), ()),
    (Where::Claim("resources.requests{}"), ()),
    (Where::Pod("overhead{}"), ()),
    (Where::Of(&["RuntimeClass"], "overhead.podFixed{}"), ()),
    (Where::Of(&["PersistentVolume"], "spec.capacity{}"), ()),
    (Where::Of(&["ResourceQuota"], "spec.hard{}"), ()),
    (Where::Of(&["LimitRange"], "spec.limits[].max|min|default|defaultRequest|maxLimitRequestRatio{}"), ()),
]);

fn malformed_quantity(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    let zero = Quantity::default();
    FIELDS.each(&scene, |(), node, spot| {
        // A number without quotes that is too large for the reader of quantities is cut by the server.
        let is_wrong = match Quantity::of(node) {
            Some(quantity) => quantity < zero && object.kind != "LimitRange",
            None => node.as_str().is_some_and(|text| text.len() < 20),
        };
        if is_wrong {
            let text =
                node.as_str().map_or_else(|| node.as_i64().unwrap_or_default().to_string(), str::to_owned);
            findings
                .report(spot.path(), format!("`{text}` is no amount of a resource"))
                .help("write a number from 0 with a unit such as `m`, `Mi` or `Gi`");
        }
    });
}
