//! What rules look at: a tree, with the way to what matters in it.

mod buildspec;
mod container;
mod definition;
mod grant;
pub(crate) mod misfit;
mod object;
mod workload;

pub use buildspec::{BatchBuild, Buildspec, Command};
pub(crate) use container::PROBES_AND_HOOKS;
pub use container::{Container, ContainerList};
pub(in crate::lint) use definition::schemas;
pub use grant::{Grant, grants};
pub use misfit::Misfit;
pub use object::Object;
pub use workload::Workload;
