//! The gate: a bundle that may be written.

use thiserror::Error;

use super::{Options, Report, lint};
use crate::bundle::Bundle;
use crate::diagnostic::Severity;

/// A bundle without an error that nobody waived. Only [`check`] makes one.
#[derive(Debug)]
pub struct CheckedBundle {
    bundle: Bundle,
    report: Report,
}

/// A bundle with errors, and what was found.
#[derive(Debug, Error)]
#[error("{} of severity error", .report.count(Severity::Error))]
pub struct Refused {
    /// The bundle as it was.
    pub bundle: Bundle,
    /// What is wrong with it.
    pub report: Report,
}

impl CheckedBundle {
    /// The documents.
    #[must_use]
    pub const fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// What was found, and does not keep the bundle from being written.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }
}

/// Lints a bundle and lets it pass when no error remains.
///
/// Every rule runs that is on by default, whatever the options leave out: they choose what is told elsewhere, never
/// what may be written.
///
/// # Errors
/// When there is a diagnostic of severity error that nobody waived.
pub fn check(bundle: Bundle, options: &Options) -> Result<CheckedBundle, Box<Refused>> {
    let report = lint(&bundle, &options.without_omissions());
    if report.count(Severity::Error) == 0 {
        Ok(CheckedBundle { bundle, report })
    } else {
        Err(Box::new(Refused { bundle, report }))
    }
}
