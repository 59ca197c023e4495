//! How a run ends: 0 when all is well, 1 when there is something to mend, 2 when infragen itself could not do its work.
//!
//! Scripts and CI rely on these. A closed pipe changes none of them.

use std::process::ExitCode;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: everything that was asked for is done, and up to date.
    Clean,
    /// 1: the linter found errors, or `--check` found differences.
    Diagnostics,
    /// 2: bad arguments, bad settings, or something could not be read or written.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Diagnostics => 1,
            Exit::Failed => 2,
        })
    }
}
