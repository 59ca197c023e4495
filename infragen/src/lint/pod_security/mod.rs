//! Pod Security Standards: which policy is in force for a Pod, and which controls that brings.
//!
//! Follows the admission plugin, `k8s.io/pod-security-admission` 0.36.3, control by control and version by version.
//! Each of its controls is a rule; what they share is here. The rules' messages name the field, the plugin's the Pod.

mod control;
mod level;
mod pod;
mod policies;
mod policy;
pub(super) mod proc_mount;
pub(super) mod seccomp;
mod version;

pub use control::Control;
pub use level::{Level, UnknownLevel};
pub(super) use pod::given;
pub use pod::{Pod, SecurityContext};
pub(super) use policies::Policies;
pub use policy::Policy;
pub use version::Version;
