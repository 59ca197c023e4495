//! A pipeline and its target to documents.

use serde::Serialize;

use super::commands::{Cluster, Commands, Names, Registry, tag};
use super::image_repository::CreateRepository;
use super::project::{Common, Project, project_name};
use super::webhook::Webhook;
use super::{Target, steps};
use crate::bundle::{Content, Document};
use crate::diagnostic::Diagnostic;
use crate::node::{FieldPath, to_node};
use crate::origin::Chosen;
use crate::spec::pipeline::{Build, Occasion, Pipeline};

/// Renders each build of a pipeline: its buildspec, its project and its webhook, in the folder `codebuild`.
///
/// What is wrong with templates comes as diagnostics; what setters refused is [`Pipeline::problems`], and a pipeline
/// whose name or version was refused renders to nothing.
#[must_use]
pub fn render(pipeline: &Pipeline, target: &Target) -> (Vec<Document>, Vec<Diagnostic>) {
    let (Some(name), Some(version)) = (&pipeline.name, &pipeline.version) else {
        return (Vec::new(), Vec::new());
    };
    let repository = &pipeline.repository.value;
    let mut commands = Commands::new(&Names {
        environment: &target.environment,
        namespace: target.namespace.as_str(),
        cluster: Cluster::of(target),
        workloads: &target.workloads,
        folder: &target.folder,
        manifests: &target.manifests,
        registry: Registry::of(repository),
        repository: repository.name.as_str(),
        image: repository.image(),
        dockerfile: &pipeline.dockerfile.value,
        version: version.value.tag(),
        tags: pipeline.tags.value.iter().map(|each| tag(*each, &version.value)).collect(),
        source: &pipeline.source.value.url,
    });
    let common = Common {
        name: name.value.as_str(),
        source: &pipeline.source.value,
        repository,
        service_role: pipeline.service_role.as_ref().map(|role| &role.value),
    };

    let mut documents = Vec::new();
    for (occasion, build) in &pipeline.builds {
        documents.extend(buildspec(*occasion, build, &mut commands));
        documents.extend(project(&common, *occasion, build, target));
    }
    if pipeline.builds.contains_key(&Occasion::Release) {
        documents.extend(json(
            "codebuild/ecr-repository.json".to_owned(),
            &CreateRepository::of(repository, &pipeline.tags.value),
        ));
    }
    (documents, commands.into_diagnostics())
}

fn buildspec(occasion: Occasion, build: &Chosen<Build>, commands: &mut Commands) -> Option<Document> {
    let (buildspec, marks) = steps::buildspec(&build.value, commands)?;
    let mut document =
        Document::rendered(buildspec_file(occasion), Content::Buildspec(to_node(&buildspec).ok()?));
    document.mark(&FieldPath::root(), build.origin.clone());
    for (path, origin) in marks {
        document.mark(&path, origin);
    }
    Some(document)
}

fn project(common: &Common<'_>, occasion: Occasion, build: &Chosen<Build>, target: &Target) -> Vec<Document> {
    let buildspec = format!("{}/{}", target.folder, buildspec_file(occasion));
    let project = Project::of(common, occasion, &target.environment, &build.value, buildspec);
    let webhook =
        Webhook::of(occasion, project_name(common.name, occasion, &target.environment), common.source);
    json(format!("codebuild/{occasion}.project.json"), &project)
        .into_iter()
        .chain(webhook.and_then(|webhook| json(format!("codebuild/{occasion}.webhook.json"), &webhook)))
        .collect()
}

fn buildspec_file(occasion: Occasion) -> String {
    format!("codebuild/{occasion}.buildspec.yaml")
}

/// Input of the AWS command line: neither a buildspec nor an object, and so a text to those who lint.
fn json(file: String, input: &impl Serialize) -> Option<Document> {
    let text = serde_json::to_string_pretty(input).ok()?;
    Some(Document::rendered(file, Content::Text(text + "\n")))
}
