//! Roll-ups: what the tokens add up to, kept so that a report costs the same however many there are.
//!
//! `install.sql` says what they are. `trust` decides, in the snapshot of a report, whether they may be read;
//! `fold` moves the delta into them; `correct` compares them with the tokens; `upkeep` does both, from time to
//! time.
//!
//! They are right at every instant. Each statement that changes tokens appends the difference to the delta, in
//! the same transaction; folding moves it without changing a sum; and a report adds up both in one snapshot.
//! So the sum differs from the tokens by what it differed by before, and `correct` makes that nothing.

mod correct;
mod fold;
mod install;
mod trust;
mod upkeep;

pub(super) use install::install;
pub(super) use trust::{Trust, trust};
pub(super) use upkeep::Upkeep;
