//! What rolls Pods, and what never changes.

use infragen::prelude::*;

use crate::sample::{app, at, bundle, bundle_of, environment, files, object};

/// A hash that looks like a number is quoted.
const QUOTE: char = '\'';
const HASH: &str = "spec.template.metadata.annotations[\"infragen.dev/config-hash\"]";

#[test]
fn a_changed_variable_rolls_the_pods() {
    let before = bundle_of(app());
    let after = bundle_of(app().variable(variable!("COLOUR"), "blue"));
    let hash = |bundle| at(object(bundle, "Deployment", "shop"), HASH);
    assert_eq!(hash(&before).trim_matches(QUOTE).len(), 16);
    assert_ne!(hash(&before), hash(&after));
}

#[test]
fn a_changed_file_rolls_the_pods() {
    let with = |text: &'static str| {
        let volume = Volume::files(name!("files"), [(key!("a.conf"), text)]);
        bundle_of(app().volume(volume.at(mount!("/etc/shop"))))
    };
    let hash = |bundle| at(object(bundle, "Deployment", "shop"), HASH);
    assert_ne!(hash(&with("on")), hash(&with("off")));
}

#[test]
fn a_selector_never_changes() {
    let old = bundle_of(app());
    let new =
        bundle_of(app().image(Image::released(&crate::sample::repository(), version!("2.0.0"))).replicas(5));
    for path in ["spec.selector", "metadata.name"] {
        assert_eq!(
            at(object(&old, "Deployment", "shop"), path),
            at(object(&new, "Deployment", "shop"), path)
        );
    }
    let version = "spec.template.metadata.labels[\"app.kubernetes.io/version\"]";
    assert_eq!(at(object(&new, "Deployment", "shop"), version), "'2.0.0'");
    assert!(!at(object(&new, "Deployment", "shop"), "spec.selector").contains("version"));
}

#[test]
fn a_job_is_named_by_what_it_does() {
    let job = |arguments: [&'static str; 1]| {
        let mut environment = environment();
        environment.job(Job::like(name!("migrate"), &app()).arguments(arguments));
        files(&bundle(&environment)).into_iter().find(|file| file.contains("-job-")).unwrap()
    };
    assert_eq!(job(["up"]), job(["up"]));
    assert_ne!(job(["up"]), job(["down"]));
}

#[test]
fn an_autoscaled_deployment_says_no_replicas() {
    let fixed = bundle_of(app());
    assert_eq!(at(object(&fixed, "Deployment", "shop"), "spec.replicas"), "3");
    let scaled = bundle_of(app().autoscale(Autoscaling::between(2..=4)));
    assert_eq!(at(object(&scaled, "Deployment", "shop"), "spec.replicas"), "");
    assert_eq!(at(object(&scaled, "HorizontalPodAutoscaler", "shop"), "spec.maxReplicas"), "4");
}

#[test]
fn the_kill_waits_for_sleep_and_finish() {
    let drain = Drain::new().sleep(seconds!(30)).finish(seconds!(20));
    let bundle = bundle_of(app().drain(drain));
    let deployment = object(&bundle, "Deployment", "shop");
    assert_eq!(at(deployment, "spec.template.spec.terminationGracePeriodSeconds"), "55");
    assert_eq!(at(deployment, "spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds"), "30");
}

#[test]
fn a_quota_holds_the_most_that_can_run() {
    let bundle =
        bundle_of(app().drain(Drain::new().sleep(seconds!(0)).finish(seconds!(0)).grace(seconds!(5))));
    // Three Pods, one of a surge and one that says goodbye, and a fifth more of it.
    let quota = object(&bundle, "ResourceQuota", "quota");
    assert_eq!(at(quota, "spec.hard.pods"), "'6'");
    assert_eq!(at(quota, "spec.hard[\"requests.cpu\"]"), "600m");
    assert_eq!(at(quota, "spec.hard[\"requests.memory\"]"), "768Mi");
}

#[test]
fn files_sort_in_the_order_of_application() {
    let bundle = bundle_of(app().expose(LoadBalancer::public()));
    let mut sorted = files(&bundle);
    sorted.sort();
    let place = |part: &str| sorted.iter().position(|file| file.contains(part)).unwrap();
    assert_eq!(place("-namespace-"), 0);
    assert!(place("-serviceaccount-") < place("-deployment-"));
    assert!(place("-configmap-") < place("-deployment-"));
    assert!(place("-deployment-") < place("-poddisruptionbudget-"));
}
