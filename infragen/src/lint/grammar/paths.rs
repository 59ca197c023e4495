//! Fields that hold a path, and its grammar; from `pkg/apis/*/validation` of Kubernetes 1.36.

use super::Path::{self, Absolute, Descending, Projected, Relative};
use super::Where::{Container, Of, Pod, Projection};
use super::{Fields, Where};

const PATHS: &[(Where, Path)] = &[
    (Container("volumeMounts[].subPath|subPathExpr"), Relative),
    (Container("volumeDevices[].devicePath"), Descending),
    (Container("securityContext.seccompProfile.localhostProfile"), Relative),
    (Pod("securityContext.seccompProfile.localhostProfile"), Relative),
    (Pod("volumes[].hostPath.path"), Descending),
    (Pod("volumes[].nfs.path"), Absolute),
    (Projection("configMap|secret|downwardAPI.items[].path"), Projected),
    (Pod("volumes[].projected.sources[].serviceAccountToken|clusterTrustBundle.path"), Projected),
    (Of(&["PersistentVolume"], "spec.hostPath|local.path"), Descending),
    (Of(&["PersistentVolume"], "spec.nfs.path"), Absolute),
];

/// Each field with the grammar of its path.
pub static FIELDS: Fields<Path> = Fields::new(PATHS);
