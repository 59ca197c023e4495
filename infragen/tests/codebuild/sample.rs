//! A pipeline with everything, and the environment that it deploys.

use infragen::bundle::{Content, Document};
use infragen::codebuild::{Target, TargetCluster, TargetWorkload, WorkloadKind, render};
use infragen::spec::pipeline::{
    Artifacts, Build, Cache, Compute, Occasion, Pipeline, Registry, Report, Source,
};
use infragen::{account, kubernetes, name, region, repository, template, variable, version};

pub(crate) const IMAGE: &str = "111122223333.dkr.ecr.us-east-1.amazonaws.com/coworking-analytics";

pub(crate) fn pipeline() -> Pipeline {
    Pipeline::new(
        name!("coworking-analytics"),
        Source::github("https://github.com/example/coworking").branch("main"),
        Registry::ecr(account!("111122223333"), region!("us-east-1"))
            .repository(repository!("coworking-analytics")),
        version!("1.0.0"),
    )
    .dockerfile("musl.Dockerfile")
    .pull_request(
        Build::new()
            .compute(Compute::medium())
            .install(template!("../../../codebuild/pull_request/install.sh.tera"))
            .pre_build(template!("../../../codebuild/pull_request/pre_build.sh.tera"))
            .build(template!("../../../codebuild/pull_request/build.sh.tera"))
            .cache(Cache::s3_keyed_by(
                "coworking-build-cache",
                "cargo",
                "Cargo.lock",
                ["/root/.cargo/registry/**/*", "target/**/*"],
            ))
            .report("tests", Report::junit(["target/junit/*.xml"])),
    )
    .release(
        Build::new()
            .compute(Compute::large())
            .privileged()
            .pre_build(template!("../../../codebuild/release/pre_build.sh.tera"))
            .build(template!("../../../codebuild/release/build.sh.tera"))
            .post_build([
                template!("../../../codebuild/release/post_build.sh.tera"),
                template!("../../../codebuild/release/export.sh.tera"),
            ])
            .cache(Cache::local(["target/**/*"]))
            .exports(variable!("IMAGE_DIGEST"))
            .artifacts(Artifacts::s3("coworking-releases", ["target/codebuild/image.json"])),
    )
    .deployment(
        Build::new()
            .timeout_minutes(45)
            .variable(variable!("IMAGE_DIGEST"), "")
            .variable(variable!("IMAGE_TAG"), "")
            .install([
                template!("../../../codebuild/deployment/install.sh.tera"),
                template!("../../../codebuild/deployment/install_kubectl.sh.tera"),
            ])
            .pre_build(template!("../../../codebuild/deployment/pre_build.sh.tera"))
            .build(template!("../../../codebuild/deployment/build.sh.tera"))
            .post_build(template!("../../../codebuild/deployment/post_build.sh.tera")),
    )
}

pub(crate) fn eks() -> TargetCluster {
    TargetCluster::Eks { name: name!("coworking"), region: region!("eu-central-1") }
}

pub(crate) fn target(cluster: TargetCluster) -> Target {
    let workload = |kind, name: &str, timeout| TargetWorkload { kind, name: name.to_owned(), timeout };
    Target {
        environment: "prod".to_owned(),
        namespace: name!("analytics"),
        cluster,
        kubernetes: kubernetes!("1.34"),
        workloads: vec![
            workload(WorkloadKind::StatefulSet, "database", 600),
            workload(WorkloadKind::Deployment, "coworking", 300),
            workload(WorkloadKind::Job, "migrate", 660),
        ],
        folder: "generated/prod".to_owned(),
        manifests: "prod/kubernetes".to_owned(),
    }
}

/// What the sample renders to.
pub(crate) fn documents(cluster: TargetCluster) -> Vec<Document> {
    let pipeline = pipeline();
    assert_eq!(pipeline.problems().len(), 0);
    let (documents, diagnostics) = render(&pipeline, &target(cluster));
    assert_eq!(diagnostics.iter().map(|each| &each.message).collect::<Vec<_>>(), Vec::<&String>::new());
    documents
}

/// The commands of one phase.
pub(crate) fn commands(documents: &[Document], occasion: Occasion, phase: &str) -> Vec<String> {
    let file = format!("codebuild/{occasion}.buildspec.yaml");
    let document =
        documents.iter().find(|document| document.file.to_str() == Some(&file)).expect("a buildspec");
    let Content::Buildspec(root) = &document.content else { panic!("{file} is a buildspec") };
    let commands = root.at(&["phases", phase, "commands"]).map(|node| node.items()).unwrap_or_default();
    commands.iter().map(|command| command.as_str().expect("a command is text").to_owned()).collect()
}
