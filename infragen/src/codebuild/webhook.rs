//! What starts a build project, as `aws codebuild create-webhook --cli-input-json` takes it.

use serde::Serialize;

use crate::spec::pipeline::{Host, Occasion, Source};

/// The webhook of a build project.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Webhook {
    project_name: String,
    filter_groups: [[Filter; 2]; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_request_build_policy: Option<PullRequestBuildPolicy>,
}

#[derive(Serialize)]
struct Filter {
    r#type: &'static str,
    pattern: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PullRequestBuildPolicy {
    requires_comment_approval: &'static str,
}

impl Webhook {
    /// The webhook that starts a project on an occasion; none where somebody starts it, or the host has no webhooks.
    pub(super) fn of(occasion: Occasion, project_name: String, source: &Source) -> Option<Self> {
        let (events, branch) = match occasion {
            Occasion::PullRequest => {
                ("PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED, PULL_REQUEST_REOPENED", "BASE_REF")
            }
            Occasion::Release => ("PUSH", "HEAD_REF"),
            Occasion::Deployment => return None,
        };
        if source.host == Host::CodeCommit {
            return None;
        }
        Some(Self {
            project_name,
            filter_groups: [[
                Filter { r#type: "EVENT", pattern: events.to_owned() },
                Filter { r#type: branch, pattern: format!("^refs/heads/{}$", literally(&source.branch)) },
            ]],
            // A stranger's change would run with the service role's rights.
            pull_request_build_policy: (occasion == Occasion::PullRequest)
                .then_some(PullRequestBuildPolicy { requires_comment_approval: "FORK_PULL_REQUESTS" }),
        })
    }
}

/// A branch's name as a regular expression that matches it alone.
fn literally(branch: &str) -> String {
    let special = |letter: char| !letter.is_alphanumeric() && !"-_/".contains(letter);
    branch.chars().flat_map(|letter| special(letter).then_some('\\').into_iter().chain([letter])).collect()
}

#[cfg(test)]
mod tests {
    use super::literally;

    #[test]
    fn a_branchs_dots_are_dots() {
        assert_eq!(literally("release/1.x"), r"release/1\.x");
    }
}
