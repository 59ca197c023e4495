//! Whether a kind has the same fields in two API versions.

use super::definition::{DefinitionId, Type};
use super::kind::Kind;
use super::version::Version;

/// Deeper than that kinds are not compared: what holds itself has no end.
const DEEPEST: usize = 12;

/// Whether a version of Kubernetes serves a kind in both API versions, with the same fields of the same types.
#[must_use]
pub fn same_shape(kind: &str, one: &str, other: &str, version: Version) -> bool {
    let served = |api_version| Kind::find(api_version, kind).filter(|kind| kind.is_in(version));
    let (Some(one), Some(other)) = (served(one), served(other)) else { return false };
    same(one.definition(), other.definition(), version, 0)
}

fn same(one: DefinitionId, other: DefinitionId, version: Version, depth: usize) -> bool {
    if one == other || depth > DEEPEST {
        return true;
    }
    let (Some(one), Some(other)) = (one.at(version), other.at(version)) else { return false };
    one == other
        || (one.fields().count() == other.fields().count()
            && one.fields().zip(other.fields()).all(|(one, other)| {
                one.name() == other.name()
                    && one.required == other.required
                    && same_type(one.kind(), other.kind(), version, depth)
            }))
}

fn same_type(one: Type, other: Type, version: Version, depth: usize) -> bool {
    match (one, other) {
        (Type::Definition(one), Type::Definition(other)) => same(one, other, version, depth + 1),
        (Type::Array(one), Type::Array(other)) | (Type::Map(one), Type::Map(other)) => {
            same_type(one.kind(), other.kind(), version, depth)
        }
        (Type::Enum(one), Type::Enum(other)) => one.values().eq(other.values()),
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, same_shape};

    #[test]
    fn a_kind_is_compared_with_itself() {
        let same = |kind, one, other| same_shape(kind, one, other, Version::newest());
        assert!(same("ServiceCIDR", "networking.k8s.io/v1beta1", "networking.k8s.io/v1"));
        assert!(!same("HorizontalPodAutoscaler", "autoscaling/v1", "autoscaling/v2"));
        assert!(!same("Ingress", "networking.k8s.io/v1", "networking.k8s.io/v9"));
    }
}
