//! Schemas, reduced to what is checked.

use std::collections::BTreeMap;

/// Fields that the documents call required, and that an API server of 1.36, asked with all else in place, does without.
const DONE_WITHOUT: [(&str, &str); 10] = [
    ("io.k8s.api.batch.v1.PodFailurePolicy", "rules"),
    ("io.k8s.api.core.v1.ClusterTrustBundleProjection", "path"),
    ("io.k8s.api.core.v1.HTTPHeader", "value"),
    ("io.k8s.api.core.v1.LimitRangeSpec", "limits"),
    ("io.k8s.api.core.v1.PreferredSchedulingTerm", "preference"),
    ("io.k8s.api.core.v1.ScaleIOVolumeSource", "secretRef"),
    ("io.k8s.api.core.v1.Sysctl", "value"),
    ("io.k8s.api.discovery.v1.ForZone", "name"),
    ("io.k8s.api.storage.v1.CSIDriver", "spec"),
    ("io.k8s.api.storage.v1.TokenRequest", "audience"),
];

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Type {
    Any,
    String,
    Boolean,
    Int32,
    Int64,
    Number,
    Quantity,
    IntOrString,
    Time,
    Bytes,
    /// A mapping whose fields nobody names.
    Object,
    Array(Box<Self>),
    Map(Box<Self>),
    /// An object of a definition.
    Definition(String),
    /// An object of a definition, or anything that is no mapping.
    DefinitionOrElse(String),
    /// One of these texts.
    Enum(Vec<String>),
}

/// A field of a definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Field {
    pub(super) kind: Type,
    pub(super) required: bool,
}

/// The fields of a definition, by name.
pub(super) type Shape = BTreeMap<String, Field>;

/// A kind that can be created, or a list of such.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) definition: String,
    pub(super) namespaced: bool,
    pub(super) list: bool,
}

/// What one version of Kubernetes knows.
#[derive(Default)]
pub(super) struct Version {
    pub(super) definitions: BTreeMap<String, Shape>,
    /// By kind and API version.
    pub(super) kinds: BTreeMap<(String, String), Kind>,
}

/// All versions, by minor version.
#[derive(Default)]
pub(super) struct Versions(pub(super) BTreeMap<u32, Version>);

impl Versions {
    /// One version, empty at first.
    pub(super) fn version(&mut self, minor: u32) -> &mut Version {
        self.0.entry(minor).or_default()
    }

    /// Does the same to each version.
    pub(super) fn each(&mut self, change: impl Fn(&mut Version) -> anyhow::Result<()>) -> anyhow::Result<()> {
        self.0.values_mut().try_for_each(change)
    }

    /// Lets a field be required only where each version that has its definition says so.
    ///
    /// What a later version mends was never asked for: `apiGroup` of a `roleRef` is filled in by every server, and
    /// called required up to 1.35. A truth value is never asked for: where there is none, it is false. Neither is a
    /// whole number whose zero means something.
    pub(super) fn keep_required_in_all(&mut self) {
        const ZERO_IS_FINE: [&str; 4] = ["generation", "lun", "revision", "seconds"];
        let mut never: Vec<(String, String)> =
            DONE_WITHOUT.map(|(name, field)| (name.to_owned(), field.to_owned())).to_vec();
        for version in self.0.values() {
            for (name, shape) in &version.definitions {
                for (field, declared) in shape {
                    let has_zero = match declared.kind {
                        Type::Boolean => true,
                        Type::Int32 | Type::Int64 => ZERO_IS_FINE.contains(&field.as_str()),
                        _ => false,
                    };
                    if !declared.required || has_zero {
                        never.push((name.clone(), field.clone()));
                    }
                }
            }
        }
        for version in self.0.values_mut() {
            for (name, field) in &never {
                let found = version.definitions.get_mut(name).and_then(|shape| shape.get_mut(field));
                if let Some(field) = found {
                    field.required = false;
                }
            }
        }
    }
}
