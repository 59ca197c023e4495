//! Two systems that are not coworking's, described with the same vocabulary: nothing in it is coworking's alone.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]

mod by_chance;
mod everything;
mod misspelt;
mod schemas;
mod shadower;
mod whooper;

use infragen::bundle::Bundle;
use infragen::lint::{self, Options};
use infragen::report;
use infragen::settings::Settings;
use infragen::spec::Environment;

/// Renders an environment and lints it, and expects nothing to be found.
fn clean(environment: &Environment) -> Bundle {
    let bundle = infragen::render::render(environment, &Settings::default());
    let found = lint::lint(&bundle, &Options::default());
    assert_eq!(found.open().count(), 0, "{}", report::human(&found, false));
    bundle
}

/// The files of the objects of a kind, by the names of their objects.
fn names(bundle: &Bundle, kind: &str) -> Vec<String> {
    let of_kind = bundle.objects().filter(|(_, object)| object.text_at(&["kind"]) == Some(kind));
    of_kind.map(|(_, object)| object.text_at(&["metadata", "name"]).unwrap().to_owned()).collect()
}

#[test]
fn shadower_is_said_in_the_same_words() {
    let bundle = clean(&shadower::prod());
    assert_eq!(names(&bundle, "Deployment"), ["backend", "frontend", "celery-worker"]);
    assert_eq!(names(&bundle, "StatefulSet"), ["celery-beat"]);
    assert_eq!(names(&bundle, "HorizontalPodAutoscaler"), ["backend"]);
    assert_eq!(names(&bundle, "Ingress"), ["analytics"]);
}

#[test]
fn whooper_is_said_in_the_same_words() {
    let bundle = clean(&whooper::prod());
    assert_eq!(names(&bundle, "Deployment"), ["whooper-backend", "whooper-frontend"]);
    assert_eq!(names(&bundle, "ClusterRole"), ["whooper-whooper-backend"]);
    assert_eq!(names(&bundle, "HorizontalPodAutoscaler"), ["whooper-backend", "whooper-frontend"]);
}

#[test]
fn every_kind_is_rendered_by_some_environment() {
    let bundle = clean(&everything::everything());
    let kinds = bundle.kinds();
    for kind in [
        "Namespace",
        "PriorityClass",
        "ResourceQuota",
        "LimitRange",
        "NetworkPolicy",
        "ServiceAccount",
        "Role",
        "RoleBinding",
        "ClusterRole",
        "ClusterRoleBinding",
        "ConfigMap",
        "ExternalSecret",
        "PersistentVolume",
        "PersistentVolumeClaim",
        "Service",
        "StatefulSet",
        "Deployment",
        "Job",
        "CronJob",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "Ingress",
    ] {
        assert!(kinds.contains_key(kind), "no {kind}");
    }
}
