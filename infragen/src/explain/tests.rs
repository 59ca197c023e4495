use super::{ExplainError, Query, explain};
use crate::bundle::{Bundle, Content, Document};
use crate::node::to_node;

fn bundle() -> Bundle {
    let object = |kind: &str, name: &str, spec: serde_json::Value| {
        let object = serde_json::json!({
            "kind": kind,
            "metadata": {"name": name, "labels": {"app.kubernetes.io/name": "web"}},
            "spec": spec,
        });
        let file = format!("kubernetes/{}-{name}.yaml", kind.to_lowercase());
        Document::rendered(file, Content::Object(to_node(&object).unwrap()))
    };
    let limits =
        serde_json::json!({"containers": [{"image": "web:1", "resources": {"limits": {"memory": "1Gi"}}}]});
    let documents = vec![
        object("Pod", "web", limits),
        object("Service", "web-headless", serde_json::json!({"type": "ClusterIP"})),
    ];
    Bundle { documents, ..Bundle::default() }
}

fn asked(target: &str, field: &str) -> Result<Vec<String>, ExplainError> {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let bundle = bundle();
    let explanations = explain(&bundle, &Query { target: given(target), field: given(field) })?;
    let fields = explanations
        .iter()
        .flat_map(|one| one.fields.iter().map(|field| format!("{} {}", one.title, field.path)));
    Ok(fields.collect())
}

#[test]
fn an_object_is_meant_by_name_label_kind_or_file() {
    for (target, titles) in [
        ("web", &["Pod/web", "Service/web-headless"][..]),
        ("web-headless", &["Service/web-headless"]),
        ("pod/web", &["Pod/web"]),
        ("service", &["Service/web-headless"]),
        ("pod-web.yaml", &["Pod/web"]),
        ("generated/prod/kubernetes/pod-web.yaml", &["Pod/web"]),
    ] {
        let bundle = bundle();
        let explanations = explain(&bundle, &Query { target: Some(target.to_owned()), field: None }).unwrap();
        let found: Vec<&str> = explanations.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(found, titles, "{target}");
    }
}

#[test]
fn a_field_is_meant_by_path_end_of_path_or_name() {
    let memory = "Pod/web spec.containers[0].resources.limits.memory";
    for field in [
        "memory",
        "limits.memory",
        "spec.containers.resources",
        "spec.containers[0].resources.limits.memory",
        "resources",
    ] {
        assert_eq!(asked("web", field).unwrap(), [memory], "{field}");
    }
    assert_eq!(asked("memory", "").unwrap(), [memory]);
    assert_eq!(
        asked("Pod", "app.kubernetes.io/name").unwrap(),
        ["Pod/web metadata.labels[\"app.kubernetes.io/name\"]"]
    );
    assert!(asked("web", "containers[1]").is_err());
}

#[test]
fn what_is_not_there_names_the_nearest() {
    for (target, field, message) in [
        (
            "wbe",
            "",
            "no workload, object or field is named `wbe`; did you mean `web`?\nthere are:\n  Pod/web\n  Service/web-headless",
        ),
        (
            "wbe",
            "image",
            "no workload, object or field is named `wbe`; did you mean `web`?\nthere are:\n  Pod/web\n  Service/web-headless",
        ),
        ("Pod/web", "memry", "`Pod/web` has no field `memry`; did you mean `memory`?"),
        ("web", "quite-something-else", "none of the 2 objects has a field `quite-something-else`"),
    ] {
        assert_eq!(asked(target, field).unwrap_err().to_string(), message);
    }
}
