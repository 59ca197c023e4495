//! `coworking-analytics healthcheck`.

use clap::Args;

use super::{Failure, settings};
use crate::healthcheck::healthcheck;

/// Asks the service that runs at `APP_PORT` of this machine, and ends with 0 if it is well
///
/// For images that hold no other program.
#[derive(Args)]
pub(super) struct Healthcheck {}

impl Healthcheck {
    pub(super) fn run(self) -> Result<(), Failure> {
        Ok(healthcheck(settings()?.app_port)?)
    }
}
