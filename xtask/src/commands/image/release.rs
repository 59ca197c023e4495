//! What the release's buildspec says of the image: under which names it is pushed, and what its labels tell.

use anyhow::{Context as _, ensure};

use crate::commands::yaml::documents;
use crate::project;

/// What the rendered release says.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::commands) struct Release {
    /// The repository, with its registry.
    pub(in crate::commands) repository: String,
    pub(in crate::commands) version: String,
    pub(super) source: String,
    pub(super) dockerfile: String,
}

impl Release {
    /// Reads the buildspec that is rendered for production.
    pub(in crate::commands) fn rendered() -> anyhow::Result<Self> {
        let path = project::generated().join("prod/codebuild/release.buildspec.yaml");
        let commands =
            documents(&path)?.first().map(|buildspec| buildspec["phases"]["build"]["commands"].clone());
        let commands = commands.as_ref().and_then(|commands| commands.as_array()).into_iter().flatten();
        let commands: Vec<&str> = commands.filter_map(|command| command.as_str()).collect();
        Self::of(&commands.join("\n")).with_context(|| format!("{} builds no image", path.display()))
    }

    fn of(commands: &str) -> anyhow::Result<Self> {
        let after = |start: &str| {
            let rest = commands.split_once(start).map(|(_, rest)| rest);
            let word = rest.and_then(|rest| rest.split_whitespace().next());
            word.map(str::to_owned).with_context(|| format!("it has no `{start}`"))
        };
        let release = Self {
            repository: after("image=")?,
            version: after("--label org.opencontainers.image.version=")?,
            source: after("--label org.opencontainers.image.source=")?,
            dockerfile: after("docker build --file ")?,
        };
        ensure!(commands.contains(&format!("$image:{}\"", release.version)), "no tag is the version");
        Ok(release)
    }

    /// The name that deployments use.
    pub(in crate::commands) fn name(&self) -> String {
        format!("{}:{}", self.repository, self.version)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::commands::yaml::files_below;

    /// Every image of ours that a rendered workload names.
    fn deployed() -> Vec<String> {
        let files = files_below(&project::generated(), &["yaml"]).unwrap();
        let lines = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect::<String>();
        let images = lines.lines().filter_map(|line| line.trim().strip_prefix("image: "));
        images.filter(|image| image.contains("coworking")).map(str::to_owned).collect()
    }

    #[test]
    fn what_is_deployed_is_what_the_release_pushes() {
        let release = Release::rendered().unwrap();
        let deployed = deployed();
        assert!(deployed.len() >= 6, "{deployed:?}");
        for image in deployed {
            assert_eq!(image, release.name());
        }
    }

    #[test]
    fn the_dockerfile_has_every_label_that_the_release_gives() {
        let release = Release::rendered().unwrap();
        assert_eq!(release.dockerfile, "musl.Dockerfile");
        let dockerfile = fs::read_to_string(project::root().join(&release.dockerfile)).unwrap();
        for label in ["version", "revision", "source", "licenses"] {
            assert!(dockerfile.contains(&format!("org.opencontainers.image.{label}=")), "{label}");
        }
        assert!(dockerfile.contains(&format!("ARG SOURCE={}\n", release.source)), "{}", release.source);
    }

    #[test]
    fn a_buildspec_that_builds_no_image_is_told() {
        let told = format!("{:#}", Release::of("echo image=a").unwrap_err());
        assert!(told.contains("image.version"), "{told}");
    }
}
