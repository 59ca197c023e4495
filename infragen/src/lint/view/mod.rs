//! What rules look at: a tree, with the way to what matters in it.

mod buildspec;
mod container;
mod grant;
mod object;
mod workload;

pub use buildspec::Buildspec;
pub(crate) use container::PROBES_AND_HOOKS;
pub use container::{Container, ContainerList};
pub use grant::{Grant, grants};
pub use object::Object;
pub use workload::Workload;
