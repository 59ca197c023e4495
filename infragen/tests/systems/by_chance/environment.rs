//! An environment of the whole vocabulary, by chance.

use infragen::prelude::*;
use infragen::spec::quantity::{KubernetesVersion, LabelValue};

use super::choices::{Choices, quantity};
use super::pipelines::pipeline;
use super::surroundings::Surroundings;
use super::workloads::{add_background, app};

/// The environment that these numbers choose.
pub(crate) fn environment(numbers: &[u32]) -> Environment {
    let choices = &mut Choices::new(numbers);
    let mut environment = empty(choices);
    let around = Surroundings::of(&mut environment, choices);
    let mut handles: Vec<AppHandle> = Vec::new();
    for _ in 0..choices.number(1, 3) {
        let mut app = app(&around, choices);
        for callee in choices.some(&handles) {
            app = app.uses(&callee).variable(format!("URL_{}", handles.len()), callee.url());
        }
        if choices.maybe() {
            environment.job(Job::like(choices.name(), &app).arguments(["migrate"]).keep(seconds!(3600)));
        }
        handles.push(environment.app(app));
    }
    for _ in 0..choices.number(0, 3) {
        add_background(&mut environment, &around, choices);
    }
    if choices.maybe() {
        let all = Ingress::nginx().host(host!("all.example.com"));
        let all = all.tls(Certificate::ClusterIssuer(name!("letsencrypt")));
        environment.ingress(
            choices.name(),
            handles
                .iter()
                .enumerate()
                .fold(all, |all, (number, app)| all.route(quantity(&format!("/{number}")), app)),
        );
    }
    if choices.maybe() {
        environment.pipeline(pipeline(choices));
    }
    environment
}

fn empty(choices: &mut Choices<'_>) -> Environment {
    let cluster = match choices.maybe() {
        false => Cluster::any(choices.name()),
        true => Cluster::eks(choices.name(), region!("eu-central-1")).network(cidr!("10.0.0.0/16")),
    };
    let cluster = match choices.number(0, 2) {
        0 => cluster,
        1 => cluster.machines(choices.name(), cpu!("64"), memory!("256Gi"), 3..=choices.number(30, 99)),
        _ => cluster.nodes(choices.name(), instance!("m6i.16xlarge"), 3..=choices.number(30, 99)),
    };
    let versions = ["1.31", "1.32", "1.33", "1.34"];
    let cluster = if choices.maybe() {
        cluster.kubernetes(choices.text::<KubernetesVersion>(&versions))
    } else {
        cluster
    };
    let mut environment = Environment::new(choices.name(), cluster).account(account!("111122223333"));
    if choices.maybe() {
        environment = environment.namespace(choices.name());
    }
    if choices.maybe() {
        let value = choices.text::<LabelValue>(&["true", "1", "", "a_b.C", "on"]);
        environment = environment.label(label_key!("example.com/team"), value);
    }
    match choices.number(0, 2) {
        0 => environment,
        1 => environment.without_quota(),
        _ => environment.quota_headroom(choices.percent()),
    }
}
