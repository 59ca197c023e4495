use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where, resource};
use crate::lint::quantity::Quantity;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags fractions of what there are only whole ones of, and amounts of huge pages that are no whole number of pages.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// Devices such as `example.com/gpu` and huge pages in `resources`; counts of objects in ResourceQuotas.
    ///
    /// ## Allowed values
    /// Whole numbers; multiples of the page's size.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: web}
    /// spec: {hard: {pods: '2.5'}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: web}
    /// spec: {hard: {pods: '2'}}
    /// ```
    FRACTION_OF_A_WHOLE = {
        id: "fraction-of-a-whole",
        category: Admission,
        severity: Error,
        look: Object(&[], fraction_of_a_whole),
    }
}

static FIELDS: Fields<()> = Fields::new(&[
    (Where::Scheduled("resources.requests|limits{}"), ()),
    (Where::Pod("resources.requests|limits{}"), ()),
    (Where::Of(&["ResourceQuota"], "spec.hard{}"), ()),
]);

fn fraction_of_a_whole(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    FIELDS.each(&scene, |(), node, spot| {
        let name = spot.name();
        let unit = match resource::page_size(name) {
            Some(size) => size,
            None if resource::is_counted(name) => "1",
            // A quota of objects of some kind counts them, too.
            None if name.starts_with("count/") => "1",
            None => return,
        };
        let (Some(amount), Some(unit)) = (Quantity::of(node), Quantity::parse(unit)) else { return };
        if !amount.is_multiple_of(unit) {
            let whole = if resource::page_size(name).is_some() { "pages" } else { "ones" };
            findings
                .report(spot.path(), format!("there are only whole {whole} of `{name}`"))
                .help(format!("use a multiple of `{}`", unit.show(name)));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::FRACTION_OF_A_WHOLE;
    use crate::lint::testing::finds;

    #[test]
    fn pages_and_devices_are_whole() {
        let cases = [
            ("example.com/gpu: 500m", true),
            ("example.com/gpu: 2", false),
            ("cpu: 500m", false),
            ("hugepages-2Mi: 3Mi", true),
            ("hugepages-2Mi: 4Mi", false),
        ];
        for (limits, expected) in cases {
            let yaml =
                format!("{{kind: Pod, spec: {{containers: [{{resources: {{limits: {{{limits}}}}}}}]}}}}");
            assert_eq!(finds(&FRACTION_OF_A_WHOLE, &yaml), expected, "{limits}");
        }
    }
}
