use crate::diagnostic::Fix;
use crate::lint::findings::Findings;
use crate::lint::mend;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::lint::view::misfit::show;
use crate::node::{Node, Value};
use crate::schema::{Defect, Type};

declare_rule! {
    /// Flags values of another type than their field has.
    ///
    /// ## Why is this bad?
    /// The API server cannot decode the object and refuses it. Most often quotes are missing, or there are too many: YAML
    /// takes `true`, `8080` and, as Kubernetes reads it, `yes` and `on` for something else than text.
    ///
    /// ## Fields
    /// All.
    ///
    /// ## Allowed values
    /// Those of the field's type. A port or a percentage may be a number or text where Kubernetes says so, a quantity may be
    /// both, and `null` is as good as no value.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {PORT: 8080, DEBUG: true}
    /// ```
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: "2"
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, creationTimestamp: null}
    /// data: {PORT: "8080", DEBUG: "true"}
    /// immutable: true
    /// ```
    WRONG_TYPE = {
        id: "wrong-type",
        category: Schema,
        severity: Error,
        covers: ["SCH-01"],
        look: Schema(wrong_type),
    }
}

fn wrong_type(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::WrongType { expected, found } = misfit.fault.defect else { return };
    let path = misfit.path();
    let versions = misfit.in_some_versions();
    findings
        .report(path.clone(), format!("`{path}` is {}, not {expected}{versions}", show(found)))
        .fix(fix(misfit, expected, found))
        .help(help(expected, found));
}

fn fix(misfit: &Misfit<'_>, expected: Type, found: &Node) -> Option<Fix> {
    let (document, path) = (misfit.object.document, misfit.path());
    match (expected, &found.value) {
        (Type::String, Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => mend::quoted(document, &path),
        (Type::Int32 | Type::Int64, Value::String(_)) => mend::unquoted(document, &path),
        _ => None,
    }
}

fn help(expected: Type, found: &Node) -> String {
    match (expected, &found.value) {
        (Type::String | Type::Bytes | Type::Time, Value::Bool(_)) => {
            "put it in quotes: without them `true`, `yes` and `on` are no text".to_owned()
        }
        (Type::String | Type::Bytes | Type::Time, Value::Integer(_) | Value::Float(_)) => {
            "put it in quotes: without them it is a number".to_owned()
        }
        (Type::Int32 | Type::Int64 | Type::Number, Value::String(text)) if text.parse::<f64>().is_ok() => {
            "remove the quotes: with them it is text".to_owned()
        }
        (Type::Boolean, Value::String(text)) if matches!(&**text, "true" | "false" | "yes" | "no") => {
            "write `true` or `false`, without quotes".to_owned()
        }
        (Type::Array(_), _) => "make it a list: each item on a line of its own, behind `- `".to_owned(),
        _ => format!("write {expected}"),
    }
}

#[cfg(test)]
mod tests {
    use super::WRONG_TYPE;
    use crate::lint::testing::{finds, messages};

    #[test]
    fn the_message_says_what_is_there_and_what_should_be() {
        let cases = [
            ("replicas: two", "`spec.replicas` is the text `two`, not a whole number of 32 bits"),
            ("replicas: 1.5", "`spec.replicas` is the number `1.5`, not a whole number of 32 bits"),
            ("paused: 'true'", "`spec.paused` is the text `true`, not a truth value"),
            ("selector: []", "`spec.selector` is a list, not a mapping"),
            (
                "template: {spec: {containers: {}}}",
                "`spec.template.spec.containers` is a mapping, not a list",
            ),
            (
                "template: {metadata: {labels: {a: 1}}}",
                "`spec.template.metadata.labels.a` is the number `1`, not text",
            ),
            (
                "template: {spec: {containers: [{resources: {limits: {cpu: true}}}]}}",
                "`spec.template.spec.containers[0].resources.limits.cpu` is the truth value `true`, not a quantity",
            ),
        ];
        for (spec, expected) in cases {
            let yaml = format!("{{apiVersion: apps/v1, kind: Deployment, spec: {{{spec}}}}}");
            assert_eq!(messages(&WRONG_TYPE, &yaml), [expected], "{spec}");
        }
    }

    #[test]
    fn what_the_server_takes_is_taken() {
        let specs = [
            "replicas: null",
            "replicas: 2.0",
            "strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}",
            "template: {spec: {containers: [{resources: {limits: {cpu: 1, memory: 0.5, storage: 1Gi}}}]}}",
            "template: {metadata: {creationTimestamp: null}}",
        ];
        for spec in specs {
            let yaml = format!("{{apiVersion: apps/v1, kind: Deployment, spec: {{{spec}}}}}");
            assert!(!finds(&WRONG_TYPE, &yaml), "{spec}");
        }
    }
}
