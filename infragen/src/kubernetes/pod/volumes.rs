//! A Pod's volumes, and where its container finds them.

use k8s_openapi::api::core::v1::{
    ConfigMapVolumeSource, EmptyDirVolumeSource, PersistentVolumeClaimVolumeSource, SecretVolumeSource,
    Volume, VolumeMount,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::kubernetes::config_map::files_name;
use crate::kubernetes::objects::Marks;
use crate::kubernetes::persistent_volume_claim::claim_name;
use crate::spec::{Base, VolumeSource};

/// Files of Secrets and ConfigMaps: read by the Pod's user and group alone.
const FILE_MODE: i32 = 0o440;

pub(super) fn volumes(base: &Base) -> (Vec<Volume>, Marks) {
    let mut marks = Marks::default();
    let volumes = base.mounts.iter().enumerate().map(|(index, mount)| {
        marks.add(format!("volumes[{index}]"), &mount.origin);
        volume(base, mount.value.volume.name.as_str(), &mount.value.volume.source)
    });
    (volumes.collect(), marks)
}

pub(super) fn mounts(base: &Base) -> (Vec<VolumeMount>, Marks) {
    let mut marks = Marks::default();
    let mounts = base.mounts.iter().enumerate().map(|(index, mount)| {
        marks.add(format!("volumeMounts[{index}]"), &mount.origin);
        VolumeMount {
            name: mount.value.volume.name.to_string(),
            mount_path: mount.value.path.to_string(),
            read_only: mount.value.read_only.then_some(true),
            ..VolumeMount::default()
        }
    });
    (mounts.collect(), marks)
}

fn volume(base: &Base, name: &str, source: &VolumeSource) -> Volume {
    let mut volume = Volume { name: name.to_owned(), ..Volume::default() };
    match source {
        VolumeSource::Scratch { size } => {
            volume.empty_dir = Some(EmptyDirVolumeSource {
                size_limit: Some(Quantity(size.to_string())),
                ..EmptyDirVolumeSource::default()
            });
        }
        VolumeSource::Memory { size } => {
            volume.empty_dir = Some(EmptyDirVolumeSource {
                medium: Some("Memory".to_owned()),
                size_limit: Some(Quantity(size.to_string())),
            });
        }
        VolumeSource::Claim { .. } => {
            volume.persistent_volume_claim = Some(PersistentVolumeClaimVolumeSource {
                claim_name: claim_name(base, name),
                read_only: None,
            });
        }
        VolumeSource::Secret(secret) => {
            volume.secret = Some(SecretVolumeSource {
                secret_name: Some(secret.name.to_string()),
                default_mode: Some(FILE_MODE),
                ..SecretVolumeSource::default()
            });
        }
        VolumeSource::Files(_) => {
            volume.config_map = Some(ConfigMapVolumeSource {
                name: files_name(base, name),
                default_mode: Some(FILE_MODE),
                ..ConfigMapVolumeSource::default()
            });
        }
    }
    volume
}
