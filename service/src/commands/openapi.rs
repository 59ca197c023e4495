//! `openapi`: the document of what the service answers.

use clap::Args;

use super::Failure;
use crate::console::say;
use crate::routes::openapi;

/// Prints the OpenAPI document, as /openapi.json has it
#[derive(Args)]
pub(super) struct Openapi {}

impl Openapi {
    pub(super) fn run(self) -> Result<(), Failure> {
        say(openapi::text().trim_end());
        Ok(())
    }
}
