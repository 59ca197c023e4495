//! `coworking-analytics migrate`.

use clap::Args;

use super::{Failure, settings};
use crate::store;

/// Makes the tables if they are missing, and ends
///
/// Any number of replicas may do it at once: one works, the others wait.
#[derive(Args)]
pub(super) struct Migrate {}

impl Migrate {
    pub(super) fn run(self) -> Result<(), Failure> {
        let settings = settings()?;
        let database = settings.database()?;
        Ok(store::open(&database, &settings).prepare()?)
    }
}
