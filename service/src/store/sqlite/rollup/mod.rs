//! Roll-ups of the embedded database: what the tokens add up to, kept so that a report costs the same however many
//! there are.
//!
//! `install.sql` says what they are. `trust` decides, in the snapshot of a report, whether they may be read;
//! `recount` compares them with the tokens; `upkeep` does that where they are in doubt, and from time to time.

mod install;
mod recount;
mod trust;
mod upkeep;

pub(super) use install::install;
pub(super) use trust::trust;
pub(super) use upkeep::Upkeep;
