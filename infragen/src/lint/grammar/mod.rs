//! The small grammars of Kubernetes' fields, as `k8s.io/apimachinery` and `pkg/apis/*/validation` have them, and the
//! way to the fields that they hold for.

mod address;
pub mod buildspec;
mod cron;
pub mod group;
mod name;
pub mod names;
pub mod numbers;
mod place;
pub mod required;
pub mod script;
pub mod secret;
pub mod values;

pub use address::{Block, is_address};
pub use cron::is_schedule;
pub use name::Name;
pub use place::{Scene, Where};
