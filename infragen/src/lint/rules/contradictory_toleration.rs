use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Name, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags tolerations whose parts do not go together.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `tolerations[]` of Pods, and `scheduling.tolerations[]` of RuntimeClasses.
    ///
    /// ## Allowed values
    /// `operator: Exists` where there is no `key`, and no `value` with it; a label's value otherwise, and a whole number for
    /// `Lt` and `Gt`; `effect: NoExecute` where there are `tolerationSeconds`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   tolerations: [{key: batch, operator: Exists, value: 'yes'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    ///   tolerations: [{key: batch, operator: Equal, value: 'yes'}]
    /// ```
    CONTRADICTORY_TOLERATION = {
        id: "contradictory-toleration",
        category: Admission,
        severity: Error,
        look: Object(&[], contradictory_toleration),
    }
}

static TOLERATIONS: Fields<()> = Fields::new(&[(Where::Toleration(""), ())]);

fn contradictory_toleration(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    TOLERATIONS.each(&scene, |(), toleration, spot| {
        let text = |name: &str| toleration.text_at(&[name]).unwrap_or_default();
        let (operator, value) = (text("operator"), text("value"));
        let mut report = |field: &str, message: &str, help: &str| {
            findings.report(spot.path().field(field), message).help(help);
        };
        if text("key").is_empty() && operator != "Exists" {
            report(
                "operator",
                "a toleration without `key` is one of all taints",
                "set `operator: Exists`, or a `key`",
            );
        }
        let lasts = toleration.get("tolerationSeconds").is_some_and(|seconds| seconds.as_i64().is_some());
        if lasts && text("effect") != "NoExecute" {
            report("effect", "`tolerationSeconds` is for `NoExecute` alone", "set `effect: NoExecute`");
        }
        match operator {
            "Exists" if !value.is_empty() => {
                report(
                    "value",
                    "`Exists` compares with no value",
                    "remove the `value`, or set `operator: Equal`",
                );
            }
            "" | "Equal" if !Name::Value.takes(value) => {
                report("value", "no taint can have this value", "use letters, digits, `-`, `_` and `.`");
            }
            "Lt" | "Gt" if value.parse::<i64>().is_err() => {
                report("value", "`Lt` and `Gt` compare numbers", "use a whole number");
            }
            _ => {}
        }
    });
}

#[cfg(test)]
mod tests {
    use super::CONTRADICTORY_TOLERATION;
    use crate::lint::testing::finds;

    #[test]
    fn what_goes_together_is_left_alone() {
        let cases = [
            ("operator: Exists", false),
            ("operator: Equal", true),
            ("key: a", false),
            ("key: a, value: b", false),
            ("key: a, value: -b", true),
            ("key: a, operator: Gt, value: '5'", false),
            ("key: a, operator: Gt, value: b", true),
            ("operator: Exists, tolerationSeconds: 5", true),
            ("operator: Exists, tolerationSeconds: 5, effect: NoExecute", false),
        ];
        for (toleration, expected) in cases {
            let yaml = format!("{{kind: Pod, spec: {{tolerations: [{{{toleration}}}]}}}}");
            assert_eq!(finds(&CONTRADICTORY_TOLERATION, &yaml), expected, "{toleration}");
        }
    }
}
