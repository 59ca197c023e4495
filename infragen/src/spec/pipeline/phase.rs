//! What is run in one phase of a build.

use super::Template;

/// The commands of one phase. Each template becomes one command, and the first that fails ends the phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    pub(crate) commands: Vec<Template>,
    pub(crate) finally: Vec<Template>,
    pub(crate) on_failure: Option<OnFailure>,
}

/// What happens when a phase fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// The build ends, but for what always runs.
    Abort,
    /// The next phase runs.
    Continue,
    /// The build is tried again, up to so many times; CodeBuild takes at most 100.
    Retry(u8),
}

impl Phase {
    /// Commands that are run, in turn.
    #[must_use]
    pub fn new<const LENGTH: usize>(commands: [Template; LENGTH]) -> Self {
        const { assert!(LENGTH > 0, "a phase runs one command at least") };
        Self { commands: commands.into(), finally: Vec::new(), on_failure: None }
    }

    /// A command that is run then, even if one failed.
    #[must_use]
    pub fn finally(mut self, command: Template) -> Self {
        self.finally.push(command);
        self
    }

    /// What happens when the phase fails.
    #[must_use]
    pub const fn on_failure(mut self, then: OnFailure) -> Self {
        self.on_failure = Some(then);
        self
    }
}

impl From<Template> for Phase {
    fn from(command: Template) -> Self {
        Self::new([command])
    }
}

impl<const LENGTH: usize> From<[Template; LENGTH]> for Phase {
    fn from(commands: [Template; LENGTH]) -> Self {
        Self::new(commands)
    }
}
