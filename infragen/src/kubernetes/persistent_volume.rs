//! PersistentVolume: a volume that is there already, bound to the one claim that it is meant for, and kept.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{
    CSIPersistentVolumeSource, LocalVolumeSource, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm,
    ObjectReference, PersistentVolume, PersistentVolumeSpec, VolumeNodeAffinity,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::context::Context;
use super::objects::{Marks, Objects, order};
use super::persistent_volume_claim::{claim_name, claims};
use crate::spec::{StaticVolume, Storage};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for (base, mount, size, storage) in claims(context) {
        let Storage::Static(volume) = storage else { continue };
        let claim = claim_name(base, mount.value.volume.name.as_str());
        let mut spec = PersistentVolumeSpec {
            capacity: Some(BTreeMap::from([("storage".to_owned(), Quantity(size.to_string()))])),
            access_modes: Some(vec!["ReadWriteOnce".to_owned()]),
            persistent_volume_reclaim_policy: Some("Retain".to_owned()),
            claim_ref: Some(ObjectReference {
                kind: Some("PersistentVolumeClaim".to_owned()),
                namespace: Some(context.environment.namespace.value.to_string()),
                name: Some(claim.clone()),
                ..ObjectReference::default()
            }),
            ..PersistentVolumeSpec::default()
        };
        match volume {
            StaticVolume::Ebs { id, zone } => {
                spec.csi = Some(CSIPersistentVolumeSource {
                    driver: "ebs.csi.aws.com".to_owned(),
                    volume_handle: id.clone(),
                    fs_type: Some("ext4".to_owned()),
                    ..CSIPersistentVolumeSource::default()
                });
                spec.node_affinity = Some(on("topology.kubernetes.io/zone", zone));
            }
            StaticVolume::Local { path, node } => {
                spec.local = Some(LocalVolumeSource { path: path.to_string(), fs_type: None });
                spec.node_affinity = Some(on("kubernetes.io/hostname", node));
            }
        }
        let volume = PersistentVolume {
            metadata: context.cluster_metadata(&context.cluster_name(&claim), context.workload_labels(base)),
            spec: Some(spec),
            status: None,
        };
        objects.push(order::PERSISTENT_VOLUME, &volume, &mount.origin, Marks::default());
    }
}

/// Only nodes with this label reach the volume.
fn on(key: &str, value: &str) -> VolumeNodeAffinity {
    let requirement = NodeSelectorRequirement {
        key: key.to_owned(),
        operator: "In".to_owned(),
        values: Some(vec![value.to_owned()]),
    };
    VolumeNodeAffinity {
        required: Some(NodeSelector {
            node_selector_terms: vec![NodeSelectorTerm {
                match_expressions: Some(vec![requirement]),
                match_fields: None,
            }],
        }),
    }
}
