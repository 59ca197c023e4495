//! What a pipeline renders to, file by file.

use infragen::bundle::{Content, Document, Place};
use infragen::codebuild::render;
use infragen::node::FieldPath;
use infragen::origin::Origin;
use infragen::spec::pipeline::{Build, Cache, Compute, Pipeline, Registry, Report, Source, Tag, Template};
use infragen::{account, name, region, repository, variable, version};
use serde_json::json;

use crate::sample;

fn text(documents: &[Document], file: &str) -> serde_json::Value {
    let document = documents.iter().find(|document| document.file.to_str() == Some(file)).expect(file);
    match &document.content {
        Content::Text(text) => serde_json::from_str(text).expect("JSON"),
        Content::Buildspec(node) | Content::Object(node) => serde_json::to_value(node).expect("JSON"),
    }
}

fn with(build: Build) -> Pipeline {
    let registry = Registry::ecr(account!("111122223333"), region!("us-east-1"));
    let source = Source::github("https://github.com/example/coworking").branch("release/1.x");
    Pipeline::new(name!("co"), source, registry.repository(repository!("co")), version!("1.0.0"))
        .pull_request(build)
}

fn one_command(text: &'static str) -> Build {
    Build::new().build(Template::new("../codebuild/x.sh.tera", text))
}

#[test]
fn each_build_has_its_files() {
    let documents = sample::documents(sample::eks());
    let files: Vec<_> = documents.iter().map(|document| document.file.display().to_string()).collect();
    assert_eq!(
        files,
        [
            "codebuild/pull-request.buildspec.yaml",
            "codebuild/pull-request.project.json",
            "codebuild/pull-request.webhook.json",
            "codebuild/release.buildspec.yaml",
            "codebuild/release.project.json",
            "codebuild/release.webhook.json",
            "codebuild/deployment.buildspec.yaml",
            "codebuild/deployment.project.json",
            "codebuild/ecr-repository.json",
        ]
    );
}

#[test]
fn the_release_is_a_buildspec_with_everything_that_was_said() {
    let documents = sample::documents(sample::eks());
    let mut release = text(&documents, "codebuild/release.buildspec.yaml");
    release["phases"] = json!(release["phases"].as_object().unwrap().keys().collect::<Vec<_>>());
    assert_eq!(
        release,
        json!({
            "version": 0.2,
            "env": {"shell": "bash", "exported-variables": ["IMAGE_DIGEST"]},
            "phases": ["build", "post_build", "pre_build"],
            "artifacts": {"files": ["target/codebuild/image.json"]},
            "cache": {"paths": ["target/**/*"]},
        })
    );
    let pull_request = text(&documents, "codebuild/pull-request.buildspec.yaml");
    assert_eq!(
        pull_request["reports"],
        json!({"tests": {"files": ["target/junit/*.xml"], "file-format": "JUNITXML"}})
    );
    assert_eq!(
        pull_request["cache"],
        json!({
            "key": "cargo-$(codebuild-hash-files Cargo.lock)",
            "fallback-keys": ["cargo-"],
            "paths": ["/root/.cargo/registry/**/*", "target/**/*"],
        })
    );
    let deployment = text(&documents, "codebuild/deployment.buildspec.yaml");
    assert_eq!(deployment["env"]["variables"], json!({"IMAGE_DIGEST": "", "IMAGE_TAG": ""}));
}

#[test]
fn a_project_says_what_stands_in_no_buildspec() {
    let documents = sample::documents(sample::eks());
    assert_eq!(
        text(&documents, "codebuild/release.project.json"),
        json!({
            "name": "coworking-analytics-release",
            "description": "Builds the image coworking-analytics and pushes it.",
            "source": {
                "type": "GITHUB",
                "location": "https://github.com/example/coworking",
                "gitCloneDepth": 1,
                "buildspec": "generated/prod/codebuild/release.buildspec.yaml",
                "reportBuildStatus": true,
            },
            "sourceVersion": "main",
            "artifacts": {"type": "S3", "location": "coworking-releases", "namespaceType": "BUILD_ID", "packaging": "NONE"},
            "cache": {"type": "LOCAL", "modes": ["LOCAL_CUSTOM_CACHE", "LOCAL_DOCKER_LAYER_CACHE"]},
            "environment": {
                "type": "LINUX_CONTAINER",
                "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0",
                "computeType": "BUILD_GENERAL1_LARGE",
                "privilegedMode": true,
                "imagePullCredentialsType": "CODEBUILD",
            },
            "serviceRole": "arn:aws:iam::111122223333:role/coworking-analytics",
            "timeoutInMinutes": 60,
        })
    );
    let deployment = text(&documents, "codebuild/deployment.project.json");
    assert_eq!(deployment["name"], "coworking-analytics-deployment-prod");
    assert_eq!(deployment["environment"]["privilegedMode"], false);
    assert_eq!(deployment["concurrentBuildLimit"], 1);
    assert_eq!(deployment["timeoutInMinutes"], 45);
    assert_eq!(
        text(&documents, "codebuild/pull-request.project.json")["cache"],
        json!({"type": "S3", "location": "coworking-build-cache"})
    );
}

#[test]
fn a_build_starts_for_its_branch_alone() {
    let (documents, _) = render(&with(one_command("true")), &sample::target(sample::eks()));
    let webhook = text(&documents, "codebuild/pull-request.webhook.json");
    assert_eq!(
        webhook["filterGroups"][0][1],
        json!({"type": "BASE_REF", "pattern": r"^refs/heads/release/1\.x$"})
    );
    assert_eq!(webhook["pullRequestBuildPolicy"], json!({"requiresCommentApproval": "FORK_PULL_REQUESTS"}));
}

#[test]
fn no_tag_of_the_repository_moves_but_latest() {
    let repository = text(&sample::documents(sample::eks()), "codebuild/ecr-repository.json");
    assert_eq!(repository["imageTagMutability"], "IMMUTABLE_WITH_EXCLUSION");
    assert_eq!(
        repository["imageTagMutabilityExclusionFilters"],
        json!([{"filterType": "WILDCARD", "filter": "latest"}])
    );
    let pipeline = sample::pipeline().tags([Tag::Commit]);
    let (documents, _) = render(&pipeline, &sample::target(sample::eks()));
    assert_eq!(text(&documents, "codebuild/ecr-repository.json")["imageTagMutability"], "IMMUTABLE");
}

#[test]
fn a_value_knows_the_line_that_said_it() {
    let line = line!() + 1;
    let pipeline = with(one_command("true").cache(Cache::local(["target"])));
    let (documents, _) = render(&pipeline, &sample::target(sample::eks()));
    for path in ["cache.paths[0]", "phases", ""] {
        let Some(Place::Rust(Origin::Line(found))) = documents[0].place(&FieldPath::parse(path)) else {
            panic!("`{path}` has no line")
        };
        let expected = if path == "cache.paths[0]" { line } else { 0 };
        assert!(found.file().ends_with("files.rs"));
        assert!(expected == 0 || found.line() == expected, "`{path}`: {found}");
    }
}

#[test]
fn a_broken_template_is_told_and_the_other_builds_are_rendered() {
    let pipeline =
        sample::pipeline().release(one_command("{{ imgae }}").install(Template::new("y", "{% if %}")));
    let (documents, diagnostics) = render(&pipeline, &sample::target(sample::eks()));
    let told: Vec<_> =
        diagnostics.iter().map(|each| (each.file.display().to_string(), each.help.as_str())).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].0, "y");
    assert_eq!(told[1].0, "codebuild/x.sh.tera");
    assert!(told[1].1.starts_with("write `image`, or another of "), "{}", told[1].1);
    let buildspecs = documents.iter().filter(|document| matches!(document.content, Content::Buildspec(_)));
    assert_eq!(buildspecs.count(), 2);
}

#[test]
fn what_a_setter_refuses_is_told_with_its_line() {
    let refused = |pipeline: Pipeline, field: &str, told: &str| {
        let [problem] = pipeline.problems() else { panic!("{field}: {:?}", pipeline.problems()) };
        assert_eq!(problem.field, field);
        assert!(problem.message.contains(told), "{}", problem.message);
        assert!(problem.at.file().ends_with("files.rs"), "{}", problem.at);
    };
    let reports = (0..6).fold(one_command("true"), |build, group| {
        build.report(format!("group-{group}"), Report::junit(["*.xml"]))
    });
    refused(with(reports), "build.report", "5 report groups");
    refused(
        with(one_command("true").variable(variable!("CODEBUILD_X"), "")),
        "build.variable",
        "CODEBUILD_X",
    );
    refused(with(one_command("true").exports(variable!("AWS_X"))), "build.variable", "AWS_X");
    refused(with(one_command("true").timeout_minutes(4)), "build.timeout_minutes", "`4`");
    refused(with(Build::new().compute(Compute::small().arm())), "pipeline.build", "runs nothing");
    refused(
        with(one_command("true")).tags([Tag::Latest, Tag::Version]),
        "pipeline.tags",
        "new with each release",
    );
    let registry =
        || Registry::ecr(account!("111122223333"), region!("us-east-1")).repository(repository!("co"));
    refused(
        Pipeline::new(name!("co"), Source::github("example/coworking"), registry(), version!("1.0.0")),
        "pipeline.source",
        "`example/coworking`",
    );
    let late =
        Pipeline::new("Not A Name".to_owned(), Source::github("https://x"), registry(), version!("1.0.0"));
    assert_eq!(render(&late, &sample::target(sample::eks())).0.len(), 0);
    refused(late, "pipeline.name", "Not A Name");
}
