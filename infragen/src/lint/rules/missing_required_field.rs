use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::node::{FieldPath, Step, Value};
use crate::schema::Defect;

declare_rule! {
    /// Flags objects and parts of objects that lack a field which they must have.
    ///
    /// ## Why is this bad?
    /// The API server refuses them.
    ///
    /// ## Fields
    /// Those that Kubernetes' schemas call required, except where the server fills them in. What stands below `status` is the
    /// server's own, and is not asked for.
    ///
    /// ## Allowed values
    /// Any value but `null`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "example/web:1.2.0"}]
    /// ```
    /// ```yaml bad
    /// kind: Pod
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "example/web:1.2.0"}]
    /// ```
    MISSING_REQUIRED_FIELD = {
        id: "missing-required-field",
        category: Schema,
        severity: Error,
        covers: ["SCH-01", "SCH-05", "HPA-03"],
        look: Schema(missing_required_field),
    }
}

fn missing_required_field(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::Missing { .. } = misfit.fault.defect else { return };
    let path = misfit.path();
    if is_forgotten(misfit, &path) {
        return;
    }
    let versions = misfit.in_some_versions();
    let kind = match misfit.object.kind {
        "" => "the object".to_owned(),
        kind => format!("`{kind}`"),
    };
    findings
        .report(path.clone(), format!("{kind} lacks the field `{path}`{versions}"))
        .help(format!("set `{path}`"));
}

/// Whether it is in a source of a claim that names no kind of source, which the server forgets.
fn is_forgotten(misfit: &Misfit<'_>, path: &FieldPath) -> bool {
    let Some((_, source)) = path.steps().split_last() else { return false };
    let root = misfit.object.node;
    matches!(source.last(), Some(Step::Field(name)) if name == "dataSource")
        && source
            .iter()
            .try_fold(root, |node, step| match step {
                Step::Field(name) => node.get(name),
                Step::Index(index) => node.items().get(*index),
            })
            .is_some_and(|source| source.get("kind").is_none_or(|kind| kind.value == Value::Null))
}

#[cfg(test)]
mod tests {
    use super::MISSING_REQUIRED_FIELD;
    use crate::lint::testing::messages;

    #[test]
    fn what_is_missing_is_named() {
        let cases = [
            ("{kind: Pod}", "`Pod` lacks the field `apiVersion`"),
            ("{apiVersion: v1}", "the object lacks the field `kind`"),
            (
                "{apiVersion: v1, kind: Pod, spec: {containers: [{image: a}]}}",
                "`Pod` lacks the field `spec.containers[0].name`",
            ),
            (
                "{apiVersion: v1, kind: Pod, spec: {containers: null}}",
                "`Pod` lacks the field `spec.containers`",
            ),
        ];
        for (yaml, expected) in cases {
            assert_eq!(messages(&MISSING_REQUIRED_FIELD, yaml), [expected]);
        }
    }

    #[test]
    fn what_the_server_fills_in_is_not_missed() {
        for yaml in [
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, roleRef: {kind: Role, name: a}}",
            "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass}",
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: {policyTypes: [Ingress]}}",
            "{apiVersion: policy/v1, kind: PodDisruptionBudget, status: {}}",
        ] {
            for version in 31..=36 {
                let facts =
                    format!("{{apiVersion: infragen.dev/v1, kind: Facts, kubernetes: '1.{version}'}}");
                let none: [&str; 0] = [];
                assert_eq!(
                    messages(&MISSING_REQUIRED_FIELD, &format!("{yaml}\n---\n{facts}")),
                    none,
                    "1.{version}"
                );
            }
        }
    }
}
