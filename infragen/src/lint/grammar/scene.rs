//! An object whose fields a grammar may know.

use crate::lint::view::{Object, Workload};

/// An object of Kubernetes' own, and its Pod's `spec` where it has one.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub(super) object: Object<'a>,
    pub(super) workload: Option<Workload<'a>>,
}

impl<'a> Scene<'a> {
    /// The object, unless its group is somebody else's.
    #[must_use]
    pub fn of(object: &Object<'a>) -> Option<Self> {
        let workload = Workload::of(*object);
        super::group::is_own(object.api_version).then_some(Self { object: *object, workload })
    }
}
