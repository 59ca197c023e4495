//! A pipeline: the builds of a pull request, of a release and of a deployment.

use infragen::prelude::*;
use infragen::spec::pipeline::Template;

use super::choices::Choices;

/// A pipeline of the environment's image.
pub(crate) fn pipeline(choices: &mut Choices<'_>) -> Pipeline {
    let repository = Registry::ecr(account!("111122223333"), region!("eu-central-1"))
        .repository(repository!("team/things"));
    let source = Source::github("https://github.com/example/things").branch(choices.one(&["main", "on"]));
    let mut pipeline = Pipeline::new(choices.name(), source, repository, version!("1.2.3+build.7"));
    if choices.maybe() {
        let kept = [Tag::Commit, Tag::Version, Tag::Latest];
        pipeline = pipeline.tags(kept.into_iter().take(1 + usize::from(choices.maybe()) * 2));
    }
    if choices.maybe() {
        pipeline = pipeline.service_role(role_arn!("arn:aws:iam::111122223333:role/build"));
    }
    if choices.maybe() {
        pipeline = pipeline.pull_request(build(choices));
    }
    if choices.maybe() {
        let artifacts = Artifacts::s3("releases", ["image.json"]);
        pipeline = pipeline.release(build(choices).privileged().artifacts(artifacts));
    }
    if choices.maybe() { pipeline.deployment(build(choices)) } else { pipeline }
}

fn build(choices: &mut Choices<'_>) -> Build {
    let sizes = [Size::Small, Size::Medium, Size::Large];
    let compute = Compute::of(choices.one(&sizes));
    let mut build = Build::new()
        .compute(if choices.maybe() { compute.arm() } else { compute })
        .timeout_minutes(u16::try_from(choices.number(5, 2160)).unwrap())
        .build(phase(choices));
    if choices.maybe() {
        build = build.install(phase(choices));
    }
    if choices.maybe() {
        build = build.pre_build(phase(choices)).post_build(phase(choices));
    }
    if choices.maybe() {
        build = build.variable(variable!("PLAIN"), choices.words());
    }
    if choices.maybe() {
        build = build.parameter(variable!("PARAMETER"), "/things/parameter").secret(
            variable!("SECRET"),
            "things/secret",
            "key",
        );
    }
    if choices.maybe() {
        let files = ["target/**/*"];
        build = build.cache(match choices.number(0, 2) {
            0 => Cache::local(files),
            1 => Cache::s3("cache", files),
            _ => Cache::s3_keyed_by("cache", "cargo", "Cargo.lock", files),
        });
    }
    if choices.maybe() {
        build = build.report("tests", Report::junit(["target/junit.xml"]));
    }
    build
}

fn phase(choices: &mut Choices<'_>) -> Phase {
    let commands = ["make all\n", "echo 'a: b' # \"c\"\n", "if true; then\n  echo \"$HOME\"\nfi\n"];
    let phase = Phase::new([Template::new("by_chance.sh.tera", choices.one(&commands))]);
    match choices.number(0, 3) {
        0 => phase,
        1 => phase.on_failure(OnFailure::Abort),
        2 => phase.on_failure(OnFailure::Retry(3)),
        _ => phase.finally(Template::new("by_chance.sh.tera", "echo at the end\n")),
    }
}
