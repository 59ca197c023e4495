//! `compose.yaml` says of a developer's machine what dev's manifests say of a cluster.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use service_settings::Settings;

const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn read(path: impl AsRef<Path>) -> Value {
    serde_yaml::from_str(&fs::read_to_string(Path::new(TOP).join(path)).unwrap()).unwrap()
}

/// A service of `compose.yaml`, with what it takes over from another.
fn service(name: &str) -> Value {
    let mut compose: serde_yaml::Value =
        serde_yaml::from_str(&fs::read_to_string(Path::new(TOP).join("compose.yaml")).unwrap()).unwrap();
    compose.apply_merge().unwrap();
    serde_json::to_value(compose).unwrap()["services"][name].clone()
}

fn variables(service: &Value) -> BTreeMap<String, String> {
    let variables = service["environment"].as_object().unwrap().iter();
    variables.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

/// What a ConfigMap of dev holds.
fn config(name: &str) -> BTreeMap<String, String> {
    let map = read(format!("generated/dev/kubernetes/070-configmap-{name}.yaml"));
    serde_json::from_value(map["data"].clone()).unwrap()
}

#[test]
fn the_service_reads_what_it_reads_in_dev() {
    for (ours, theirs) in [("coworking", "coworking"), ("migrate", "coworking-migrate")] {
        let mut expected = config(theirs);
        // The host is the database's name there and here; the password comes from a Secret, and here from whoever
        // starts it.
        expected.insert("DB_HOST".to_owned(), "database".to_owned());
        expected.insert("DB_PASSWORD".to_owned(), "${DB_PASSWORD:-development}".to_owned());
        let found = variables(&service(ours));
        assert_eq!(found, expected, "{ours}");
    }
}

#[test]
fn every_variable_is_one_that_the_service_reads() {
    for name in variables(&service("coworking")).keys() {
        assert!(Settings::variables().contains(name), "{name}");
    }
}

#[test]
fn the_database_is_devs() {
    let stateful_set = read("generated/dev/kubernetes/120-statefulset-coworking-database.yaml");
    let database = service("database");
    assert_eq!(database["image"], stateful_set["spec"]["template"]["spec"]["containers"][0]["image"]);
    let mut expected = config("coworking-database");
    // Where the volume is mounted is the cluster's matter.
    expected.remove("PGDATA");
    expected.insert("POSTGRES_PASSWORD".to_owned(), "${DB_PASSWORD:-development}".to_owned());
    assert_eq!(variables(&database), expected);
}

#[test]
fn the_service_may_do_no_more_than_in_dev() {
    let deployment = read("generated/dev/kubernetes/130-deployment-coworking.yaml");
    let limit = &deployment["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]["memory"];
    for name in ["coworking", "migrate"] {
        let service = service(name);
        assert_eq!(service["read_only"], true);
        assert_eq!(service["cap_drop"], serde_json::json!(["ALL"]));
        assert_eq!(service["security_opt"], serde_json::json!(["no-new-privileges"]));
        assert_eq!(service["build"]["dockerfile"], "musl.Dockerfile");
    }
    let memory = service("coworking")["mem_limit"].as_str().unwrap().to_owned();
    assert_eq!(format!("{}Mi", memory.trim_end_matches('m')), limit.as_str().unwrap());
}
