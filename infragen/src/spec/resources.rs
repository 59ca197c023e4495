//! What a container asks for, and what it may not exceed.

use super::quantity::{Cpu, Memory};
use crate::origin::Chosen;

/// Requests and limits of one container.
#[derive(Clone, Debug)]
pub struct Resources {
    pub(crate) cpu_request: Chosen<Cpu>,
    pub(crate) memory_request: Chosen<Memory>,
    /// Absent: no CPU limit, so that idle cores are used.
    pub(crate) cpu_limit: Option<Chosen<Cpu>>,
    /// Absent: the memory request is the limit too.
    pub(crate) memory_limit: Option<Chosen<Memory>>,
}

impl Default for Resources {
    fn default() -> Self {
        const REASON: &str =
            "100m and 128Mi, so that the scheduler and quotas know something; say what it needs";
        Self {
            cpu_request: Chosen::default(crate::cpu!("100m"), REASON),
            memory_request: Chosen::default(crate::memory!("128Mi"), REASON),
            cpu_limit: None,
            memory_limit: None,
        }
    }
}

impl Resources {
    /// The limit in force: the one given, or the request.
    pub(crate) fn memory_limit(&self) -> Chosen<Memory> {
        self.memory_limit.clone().unwrap_or(Chosen::default(
            self.memory_request.value,
            "equal to the request, so that a node's memory is never promised twice",
        ))
    }
}
