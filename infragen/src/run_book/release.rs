//! Which images are released, and by which build.

use serde::Serialize;

use crate::kubernetes;
use crate::settings::Settings;
use crate::spec::pipeline::Occasion;
use crate::spec::{Environment, Image};

/// A repository whose image a run can choose.
#[derive(Serialize)]
pub(super) struct Release<'a> {
    repository: &'a str,
    account: String,
    region: String,
    /// The workloads that run it.
    workloads: Vec<&'a str>,
}

/// The CodeBuild project that deploys the environment.
#[derive(Serialize)]
pub(super) struct Deployment {
    project: String,
    region: String,
}

impl<'a> Release<'a> {
    pub(super) fn all(environment: &'a Environment, settings: &Settings) -> Vec<Self> {
        let mut releases: Vec<Self> = Vec::new();
        for workload in &environment.contents.workloads {
            let base = workload.base();
            let Some(Image::Released { repository, .. }) = base.image.as_ref().map(|image| &image.value)
            else {
                continue;
            };
            let (name, workload) = (repository.name.as_str(), base.name.as_str());
            if let Some(known) = releases.iter_mut().find(|known| known.repository == name) {
                known.workloads.push(workload);
                continue;
            }
            let registry = kubernetes::registry(environment, settings, &repository.registry);
            releases.push(Self {
                repository: name,
                account: registry.account.to_string(),
                region: registry.region.to_string(),
                workloads: vec![workload],
            });
        }
        releases
    }
}

impl Deployment {
    pub(super) fn of(environment: &Environment) -> Option<Self> {
        let pipeline = environment.pipeline.as_ref()?;
        pipeline.builds.get(&Occasion::Deployment)?;
        let name = pipeline.name.as_ref()?;
        Some(Self {
            project: crate::codebuild::project_name(
                name.value.as_str(),
                Occasion::Deployment,
                environment.name().as_str(),
            ),
            region: pipeline.repository.value.registry.region.to_string(),
        })
    }
}
