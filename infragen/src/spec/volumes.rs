//! Folders of a container that outlive its own file system, or hold what somebody else wrote.

use super::quantity::{DataKey, DnsLabel, Memory, MountPath};
use super::secrets::SecretHandle;

/// A volume, not yet mounted.
#[derive(Clone, Debug)]
pub struct Volume {
    pub(crate) name: DnsLabel,
    pub(crate) source: VolumeSource,
}

/// A volume, and where a container finds it.
#[derive(Clone, Debug)]
pub struct Mount {
    pub(crate) volume: Volume,
    pub(crate) path: MountPath,
    pub(crate) read_only: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum VolumeSource {
    /// Empty at the Pod's start, gone at its end.
    Scratch { size: Memory },
    /// In memory, counted as the Pod's memory.
    Memory { size: Memory },
    /// A claim that is made for it.
    Claim { size: Memory, storage: Storage },
    /// A Secret's keys as files.
    Secret(SecretHandle),
    /// Files whose content stands in the environment.
    Files(Vec<(DataKey, String)>),
}

/// Where a claim's volume comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// The cluster's default class makes it.
    DefaultClass,
    /// This class makes it.
    Class(DnsLabel),
    /// It is there already, or a folder of a node is: a PersistentVolume is written for it, and kept when the claim goes.
    Static(StaticVolume),
}

/// What a static PersistentVolume stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaticVolume {
    /// An EBS volume, by its id, in its zone.
    Ebs {
        /// Such as `vol-0123456789abcdef0`.
        id: String,
        /// Such as `us-east-1a`.
        zone: String,
    },
    /// A folder that exists on a node and is owned by whoever writes to it.
    Local {
        /// The folder.
        path: MountPath,
        /// The node's `kubernetes.io/hostname`.
        node: String,
    },
}

impl Volume {
    /// A folder on the node's disk: empty at the Pod's start, gone at its end, never larger than this.
    #[must_use]
    pub const fn scratch(name: DnsLabel, size: Memory) -> Self {
        Self { name, source: VolumeSource::Scratch { size } }
    }

    /// A folder in memory, which counts against the memory limit.
    #[must_use]
    pub const fn memory(name: DnsLabel, size: Memory) -> Self {
        Self { name, source: VolumeSource::Memory { size } }
    }

    /// A folder that stays, by a claim of its own. Only one node can write to it at a time.
    #[must_use]
    pub const fn claim(name: DnsLabel, size: Memory, storage: Storage) -> Self {
        Self { name, source: VolumeSource::Claim { size, storage } }
    }

    /// A Secret's keys as files, for root and the Pod's group alone.
    #[must_use]
    pub fn secret(name: DnsLabel, secret: &SecretHandle) -> Self {
        Self { name, source: VolumeSource::Secret(secret.clone()) }
    }

    /// Files whose content is written here, in a ConfigMap of their own.
    #[must_use]
    pub fn files<S: Into<String>>(name: DnsLabel, files: impl IntoIterator<Item = (DataKey, S)>) -> Self {
        let files = files.into_iter().map(|(key, content)| (key, content.into())).collect();
        Self { name, source: VolumeSource::Files(files) }
    }

    /// Where the container finds it.
    #[must_use]
    pub fn at(self, path: MountPath) -> Mount {
        let read_only = matches!(self.source, VolumeSource::Secret(_) | VolumeSource::Files(_));
        Mount { volume: self, path, read_only }
    }
}
