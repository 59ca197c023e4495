//! The small grammars of Kubernetes' fields, as `k8s.io/apimachinery` and `pkg/apis/*/validation` have them, and the
//! way to the fields that they hold for.

mod address;
pub mod buildspec;
mod cron;
mod fields;
pub mod group;
mod name;
pub mod names;
pub mod numbers;
mod path;
pub mod paths;
pub mod percentages;
mod place;
pub mod required;
pub mod resource;
mod scene;
pub mod script;
pub mod secret;
mod time_zone;
pub mod values;

pub use address::{Block, is_address};
pub use cron::is_schedule;
pub use fields::{Fields, Spot};
pub use name::Name;
pub use path::Path;
pub use place::Where;
pub use scene::Scene;
pub use time_zone::is_time_zone;
