//! Spec to bundle: an environment's objects, its pipeline's buildspecs and its run book, as one.

use crate::bundle::Bundle;
use crate::codebuild::{self, Target, TargetCluster, TargetWorkload, WorkloadKind};
use crate::diagnostic::Diagnostic;
use crate::kubernetes;
use crate::nearest::nearest;
use crate::origin::Origin;
use crate::run_book;
use crate::settings::Settings;
use crate::spec::{Environment, Provider};

/// All documents of an environment, yet to be linted.
///
/// What the spec refused is in the bundle's diagnostics: linting reports it, and nothing is written.
#[must_use]
pub fn render(environment: &Environment, settings: &Settings) -> Bundle {
    let mut diagnostics: Vec<Diagnostic> = problems(environment);
    if !diagnostics.is_empty() {
        // Objects made of values that stand in for refused ones would only add noise.
        return Bundle {
            environment: Some(environment.name().to_string()),
            diagnostics,
            ..Bundle::default()
        };
    }
    let (mut documents, refused, facts) = kubernetes::render(environment, settings);
    diagnostics.extend(refused);
    diagnostics.extend(unknown_images(environment, settings));
    if let (Some(pipeline), Some(target)) = (&environment.pipeline, target(environment, settings)) {
        let mut pipeline = pipeline.clone();
        let registry = &mut pipeline.repository.value.registry;
        *registry = kubernetes::registry(environment, settings, registry);
        let (builds, refused) = codebuild::render(&pipeline, &target);
        documents.extend(builds);
        diagnostics.extend(refused);
    }
    let (page, refused) = run_book::render(environment, settings);
    documents.extend(page);
    diagnostics.extend(refused);
    Bundle { environment: Some(environment.name().to_string()), documents, facts, diagnostics }
}

fn problems(environment: &Environment) -> Vec<Diagnostic> {
    let problems = environment.problems();
    let refused = problems.into_iter().map(|problem| {
        let message = format!("environment `{}`, {}: {}", environment.name(), problem.field, problem.message);
        kubernetes::refusal("invalid-value", message, problem.help, &Origin::Line(problem.at))
    });
    refused.collect()
}

/// A setting for an image that no workload runs would be passed over in silence.
fn unknown_images(environment: &Environment, settings: &Settings) -> Vec<Diagnostic> {
    let known = environment.repositories();
    let unknown = settings.images.keys().filter(|repository| !known.contains(&repository.as_str()));
    unknown
        .map(|repository| {
            let message = format!(
                "environment `{}` runs no image of the ECR repository `{repository}`",
                environment.name()
            );
            let help = match nearest(repository, known.iter().copied()) {
                Some(nearest) => format!("did you mean `images.{nearest}`?"),
                None => format!("the repositories are: {}", known.join(", ")),
            };
            let key = format!("images.{repository}");
            kubernetes::refusal("unknown-image-setting", message, help, &settings.origin(&key))
        })
        .collect()
}

/// What the pipeline needs to know of the environment that it deploys.
fn target(environment: &Environment, settings: &Settings) -> Option<Target> {
    let cluster = &environment.cluster;
    let name = cluster.name.as_ref()?.value.clone();
    let environment_name = environment.name().to_string();
    Some(Target {
        namespace: environment.namespace.value.clone(),
        cluster: match &cluster.provider {
            Provider::Eks { region } => TargetCluster::Eks { name, region: region.clone() },
            Provider::Any => TargetCluster::Any { context: name },
        },
        kubernetes: cluster.kubernetes.as_ref().map_or(crate::kubernetes!("1.34"), |version| version.value),
        workloads: kubernetes::workloads(environment, settings)
            .into_iter()
            .filter_map(|workload| {
                let kind = match workload.kind {
                    "Deployment" => WorkloadKind::Deployment,
                    "StatefulSet" => WorkloadKind::StatefulSet,
                    "Job" => WorkloadKind::Job,
                    _ => return None,
                };
                Some(TargetWorkload { kind, timeout: workload.timeout(), name: workload.name })
            })
            .collect(),
        folder: format!("generated/{environment_name}"),
        manifests: format!("{environment_name}/kubernetes"),
        environment: environment_name,
    })
}
