use crate::lint::findings::Findings;
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags limit ranges whose bounds and defaults contradict each other.
    ///
    /// ## Why is this bad?
    /// The API server refuses the LimitRange: no container could keep to it, or the default itself would not.
    ///
    /// ## Fields
    /// `spec.limits[]` of LimitRanges.
    ///
    /// ## Allowed values
    /// Each `type` once; `min` ≤ `defaultRequest` ≤ `default` ≤ `max`; `maxLimitRequestRatio` from 1 to `max` / `min`; no defaults
    /// for Pods; for claims a `min` or `max` of `storage`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: web}
    /// spec: {limits: [{type: Container, min: {cpu: '2'}, max: {cpu: '1'}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: web}
    /// spec: {limits: [{type: Container, min: {cpu: '1'}, max: {cpu: '2'}}]}
    /// ```
    CONTRADICTORY_LIMIT_RANGE = {
        id: "contradictory-limit-range",
        category: Admission,
        severity: Error,
        covers: ["SRV-14"],
        look: Object(&["LimitRange"], contradictory_limit_range),
    }
}

/// Each of the first is at most the second.
const ORDERED: [(&str, &str); 6] = [
    ("min", "max"),
    ("min", "defaultRequest"),
    ("min", "default"),
    ("defaultRequest", "default"),
    ("defaultRequest", "max"),
    ("default", "max"),
];

fn contradictory_limit_range(range: &Object<'_>, findings: &mut Findings<'_>) {
    let limits = range.at(&["spec", "limits"]).map_or(&[][..], Node::items);
    for (index, limit) in limits.iter().enumerate() {
        let path = || range.path(&["spec", "limits"]).index(index);
        let kind = limit.text_at(&["type"]).unwrap_or_default();
        if limits[..index].iter().any(|earlier| earlier.text_at(&["type"]) == Some(kind)) {
            findings
                .report(path().field("type"), format!("`{kind}` has limits before, too"))
                .help("merge them");
        }
        for name in ["default", "defaultRequest"].iter().filter(|name| kind == "Pod" && has_some(limit, name))
        {
            findings
                .report(path().field(name), "a Pod as a whole has no defaults")
                .help("move it to the limits of `type: Container`");
        }
        let bounds_storage = ["min", "max"].iter().any(|side| limit.at(&[side, "storage"]).is_some());
        if kind == "PersistentVolumeClaim" && !bounds_storage {
            findings
                .report(path(), "claims have no bound of `storage`")
                .help("set `min` or `max` of `storage`");
        }
        for (low, high) in
            ORDERED.iter().filter(|(low, high)| kind != "Pod" || (*low, *high) == ("min", "max"))
        {
            for entry in limit.get(low).map_or(&[][..], Node::fields) {
                let most = limit.at(&[high, &entry.name]).and_then(Quantity::of);
                if let (Some(least), Some(most)) = (Quantity::of(&entry.node), most)
                    && least > most
                {
                    findings
                        .report(
                            path().fields(&[low, &entry.name]),
                            format!("`{low}` of `{}` is above its `{high}`", entry.name),
                        )
                        .help("lower it, or raise the other");
                }
            }
        }
        look_at_ratios(limit, &path, findings);
    }
}

fn look_at_ratios(limit: &Node, path: &dyn Fn() -> FieldPath, findings: &mut Findings<'_>) {
    for entry in limit.get("maxLimitRequestRatio").map_or(&[][..], Node::fields) {
        let bound = |side: &str| limit.at(&[side, &entry.name]).and_then(Quantity::of);
        let Some(ratio) = Quantity::of(&entry.node) else { continue };
        let is_too_high = bound("min").zip(bound("max")).is_some_and(|(least, most)| {
            least < Quantity::default() || most.is_less_than_times(least, ratio)
        });
        if ratio < Quantity::units(1) || is_too_high {
            findings
                .report(
                    path().fields(&["maxLimitRequestRatio", &entry.name]),
                    format!("no container can have this ratio of `{}`", entry.name),
                )
                .help("use a number from 1 to `max` divided by `min`");
        }
    }
}

fn has_some(limit: &Node, name: &str) -> bool {
    limit.get(name).is_some_and(|amounts| !amounts.fields().is_empty())
}

#[cfg(test)]
mod tests {
    use super::CONTRADICTORY_LIMIT_RANGE;
    use crate::lint::testing::finds;

    #[test]
    fn bounds_and_defaults_are_in_order() {
        let cases = [
            ("type: Container, default: {cpu: 1}, defaultRequest: {cpu: 2}", true),
            ("type: Container, default: {cpu: 1}, max: {cpu: 1}", false),
            ("type: Container, min: {cpu: 1}, max: {cpu: 4}, maxLimitRequestRatio: {cpu: 5}", true),
            ("type: Container, min: {cpu: 1}, max: {cpu: 4}, maxLimitRequestRatio: {cpu: 4}", false),
            ("type: Container, maxLimitRequestRatio: {cpu: 500m}", true),
            ("type: Pod, default: {cpu: 1}", true),
            ("type: PersistentVolumeClaim, min: {storage: 1Gi}", false),
            ("type: PersistentVolumeClaim", true),
        ];
        for (limit, expected) in cases {
            let yaml = format!("{{kind: LimitRange, spec: {{limits: [{{{limit}}}]}}}}");
            assert_eq!(finds(&CONTRADICTORY_LIMIT_RANGE, &yaml), expected, "{limit}");
        }
    }
}
