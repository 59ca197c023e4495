//! The environments of coworking analytics, which an operator edits.
//!
//! What differs between them stands in their files; what is the same stands in [`coworking`]; what belongs to
//! the AWS account stands in [`aws`].

pub mod aws;
pub mod coworking;
mod dev;
mod pipeline;
mod prod;
mod staging;

pub use dev::dev;
pub use prod::prod;
pub use staging::staging;

/// Every environment, from the first that a change reaches to the last.
pub const ALL: &[fn() -> infragen::spec::Environment] = &[dev, staging, prod];
