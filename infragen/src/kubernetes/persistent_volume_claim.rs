//! PersistentVolumeClaim: each claim of a workload is an object of its own, which outlives the workload.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    PersistentVolumeClaim, PersistentVolumeClaimSpec, VolumeResourceRequirements,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::context::Context;
use super::objects::{Marks, Objects, order};
use crate::origin::Chosen;
use crate::spec::quantity::Memory;
use crate::spec::{Base, Mount, Storage, VolumeSource};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for (base, mount, size, storage) in claims(context) {
        let name = claim_name(base, mount.value.volume.name.as_str());
        let (class, volume) = match storage {
            Storage::DefaultClass => (None, None),
            Storage::Class(class) => (Some(class.to_string()), None),
            // No class at all, or the default class would make another volume in place of ours.
            Storage::Static(_) => (Some(String::new()), Some(context.cluster_name(&name))),
        };
        let claim = PersistentVolumeClaim {
            metadata: context.metadata(&name, context.workload_labels(base)),
            spec: Some(PersistentVolumeClaimSpec {
                access_modes: Some(vec!["ReadWriteOnce".to_owned()]),
                storage_class_name: class,
                volume_name: volume,
                resources: Some(VolumeResourceRequirements {
                    requests: Some(BTreeMap::from([("storage".to_owned(), Quantity(size.to_string()))])),
                    limits: None,
                }),
                ..PersistentVolumeClaimSpec::default()
            }),
            status: None,
        };
        objects.push(order::PERSISTENT_VOLUME_CLAIM, &claim, &mount.origin, Marks::default());
    }
}

/// Every claim of the environment.
pub(super) fn claims<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (&'a Base, &'a Chosen<Mount>, &'a Memory, &'a Storage)> + use<'a> {
    context.workloads().flat_map(|workload| {
        let base = workload.base();
        base.mounts.iter().filter_map(move |mount| match &mount.value.volume.source {
            VolumeSource::Claim { size, storage } => Some((base, mount, size, storage)),
            _ => None,
        })
    })
}

pub(super) fn claim_name(base: &Base, volume: &str) -> String {
    format!("{}-{volume}", base.name)
}
