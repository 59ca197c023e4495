//! The image's repository, as `aws ecr create-repository --cli-input-json` takes it.

use serde::Serialize;

use crate::spec::pipeline::{ImageRepository, Tag};

/// A repository whose tags cannot be moved, but for `latest`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreateRepository {
    registry_id: String,
    repository_name: String,
    image_tag_mutability: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    image_tag_mutability_exclusion_filters: Vec<ExclusionFilter>,
    image_scanning_configuration: Scanning,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExclusionFilter {
    filter_type: &'static str,
    filter: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scanning {
    scan_on_push: bool,
}

impl CreateRepository {
    /// The repository that a release with these tags needs.
    pub(super) fn of(repository: &ImageRepository, tags: &[Tag]) -> Self {
        let moves = tags.contains(&Tag::Latest);
        Self {
            registry_id: repository.registry.account.to_string(),
            repository_name: repository.name.to_string(),
            image_tag_mutability: if moves { "IMMUTABLE_WITH_EXCLUSION" } else { "IMMUTABLE" },
            image_tag_mutability_exclusion_filters: moves
                .then_some(ExclusionFilter { filter_type: "WILDCARD", filter: "latest" })
                .into_iter()
                .collect(),
            image_scanning_configuration: Scanning { scan_on_push: true },
        }
    }
}
