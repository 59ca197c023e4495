//! What cannot be is told with environment, field and line, and nothing is rendered.

use infragen::bundle::{Bundle, Place};
use infragen::prelude::*;

use crate::sample::{app, bundle, bundle_of, environment, messages};

fn expect(bundle: &Bundle, message: &str) {
    assert_eq!(messages(bundle), [message]);
    let place = bundle.diagnostics[0].place.as_ref();
    assert!(matches!(place, Some(Place::Rust(origin)) if origin.location().is_some()), "{place:?}");
    assert!(!bundle.diagnostics[0].help.is_empty());
    assert_eq!(bundle.documents.len(), 0);
}

#[test]
fn text_of_the_run_is_checked_when_it_is_given() {
    let name = String::from("Shop_1");
    let mut environment = environment();
    environment.app(App::new(name).image(image!("shop:1")));
    let found = bundle(&environment);
    let message = messages(&found)[0];
    assert!(message.starts_with("environment `test`, name: `Shop_1` is no"), "{message}");
}

#[test]
fn two_workloads_of_one_name() {
    let mut environment = environment();
    environment.app(app());
    environment.worker(Worker::new(name!("shop")).image(image!("shop:1")));
    let found = bundle(&environment);
    let message = messages(&found)[0];
    assert!(message.starts_with("environment `test`, name: two workloads are named `shop`"), "{message}");
}

#[test]
fn a_handle_of_another_environment() {
    let mut other = environment();
    let stranger = other.app(App::new(name!("stranger")).image(image!("stranger:1")));
    expect(
        &bundle_of(app().uses(&stranger)),
        "environment `test`, uses: `shop` uses `stranger`, which environment `test` does not hold",
    );
}

#[test]
fn more_connections_than_the_server_takes() {
    let mut environment = environment();
    let secret = environment.secret(ExternalSecret::new(name!("db")).key(key!("password"), "shop/db"));
    let database = environment.database(
        Postgres::at(host!("db.example.com")).password(secret.key(key!("password"))).max_connections(50),
    );
    let drain = Drain::new().sleep(seconds!(0)).finish(seconds!(0)).grace(seconds!(5));
    environment.app(app().drain(drain).variable(variable!("POOL"), database.connections(10)));
    expect(
        &bundle(&environment),
        "environment `test`, connections: `db.example.com` takes 50 connections, 4 of them reserved, but up to 50 are \
         opened: 5 Pods of `shop` with 10 each",
    );
}

#[test]
fn a_rollout_that_can_replace_nothing() {
    expect(
        &bundle_of(app().rollout(Rollout::new().surge(0).unavailable(0))),
        "environment `test`, rollout: neither one Pod more nor one fewer may run, so that no Pod can be replaced",
    );
}

#[test]
fn a_database_without_a_password() {
    let mut environment = environment();
    environment.database(Postgres::at(host!("db.example.com")));
    expect(&bundle(&environment), "environment `test`, database.password: the database has no password");
}

#[test]
fn a_template_that_names_what_there_is_not() {
    let mut environment = environment();
    environment.extra(ExtraManifest::new("odd.yaml.tera", "kind: {{ nothing }}"));
    let found = bundle(&environment);
    let message = messages(&found)[0];
    assert!(message.contains("odd.yaml.tera") && message.contains("nothing"), "{message}");
}

#[test]
fn bounds_that_hold_nothing() {
    expect(
        &bundle_of(app().autoscale(Autoscaling::between(0..=2))),
        "environment `test`, autoscale: the bounds 0..=2 are none",
    );
}
