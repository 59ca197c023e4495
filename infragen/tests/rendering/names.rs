//! Names that infragen makes of others: as long as they may be, and no longer.

use infragen::lint::{self, Options};
use infragen::prelude::*;
use infragen::report;

use crate::sample;

const LONG: &str = "a-name-as-long-as-any-may-be-which-nobody-would-ever-write-0123";

#[test]
fn of_the_longest_names_valid_ones_are_made() {
    assert_eq!(LONG.len(), 63);
    let cluster = Cluster::eks(name!("shops"), region!("us-east-1"));
    let mut environment = Environment::new(LONG.to_owned(), cluster).account(account!("111122223333"));
    let app = App::new(LONG.to_owned()).image(image!("registry.example.com/shop:1.2.3"));
    let app = app.port(port_name!("http"), port!(8080)).requests(cpu!("100m"), memory!("128Mi"));
    let job = "a-job-as-long-as-any-may-be-which-nobody-would-ever-write-01234";
    environment.job(Job::like(job.to_owned(), &app).arguments(["migrate"]));
    environment.app(app.expose(LoadBalancer::internal()));
    let found = lint::lint(&sample::bundle(&environment), &Options::default());
    let malformed = found.open().filter(|one| one.rule.starts_with("malformed")).count();
    assert_eq!(malformed, 0, "{}", report::human(&found, false));
}

#[test]
fn a_released_version_with_a_build_is_the_tag_that_the_release_pushed() {
    let released = |version| sample::app().image(Image::released(&sample::repository(), version));
    let bundle = sample::bundle_of(released(version!("1.2.3+build.7")));
    let deployment = sample::object(&bundle, "Deployment", "shop");
    let image = sample::at(deployment, "spec.template.spec.containers[0].image");
    assert!(image.ends_with("/shop:1.2.3_build.7"), "{image}");
}

#[test]
fn a_tag_that_no_label_may_hold_is_no_version() {
    let bundle = sample::bundle_of(sample::app().image(image!("registry.example.com/shop:_1.-")));
    let labels = sample::at(sample::object(&bundle, "Deployment", "shop"), "metadata.labels");
    assert!(!labels.contains("app.kubernetes.io/version"), "{labels}");
}
