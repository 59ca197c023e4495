//! Secrets, which never stand in an environment: fetched from AWS Secrets Manager, or made by somebody else.

use super::quantity::{DataKey, DnsLabel};
use super::variables::{ConfigKey, SecretKey};
use crate::origin::{Chosen, Origin};

/// A Secret that External Secrets fetches from AWS Secrets Manager.
#[derive(Clone, Debug)]
pub struct ExternalSecret {
    pub(crate) name: DnsLabel,
    pub(crate) store: DnsLabel,
    pub(crate) keys: Vec<FetchedKey>,
    pub(crate) refresh: &'static str,
    pub(crate) origin: Origin,
}

/// One key of an [`ExternalSecret`], and where its value is kept.
#[derive(Clone, Debug)]
pub(crate) struct FetchedKey {
    pub(crate) key: DataKey,
    pub(crate) remote: String,
    pub(crate) property: Option<String>,
}

impl ExternalSecret {
    /// A Secret of this name, fetched through the ClusterSecretStore `aws-secrets-manager`, again each hour.
    #[must_use]
    #[track_caller]
    pub const fn new(name: DnsLabel) -> Self {
        Self {
            name,
            store: crate::name!("aws-secrets-manager"),
            keys: Vec::new(),
            refresh: "1h",
            origin: Origin::here(),
        }
    }

    /// Through another ClusterSecretStore.
    #[must_use]
    pub fn store(mut self, store: DnsLabel) -> Self {
        self.store = store;
        self
    }

    /// A key whose value is a whole secret of Secrets Manager.
    #[must_use]
    pub fn key(mut self, key: DataKey, remote: impl Into<String>) -> Self {
        self.keys.push(FetchedKey { key, remote: remote.into(), property: None });
        self
    }

    /// A key whose value is one property of a secret that holds JSON.
    #[must_use]
    pub fn property(mut self, key: DataKey, remote: impl Into<String>, property: impl Into<String>) -> Self {
        self.keys.push(FetchedKey { key, remote: remote.into(), property: Some(property.into()) });
        self
    }
}

/// An object that exists already, in the namespace or in the cluster, made by somebody else.
#[derive(Clone, Debug)]
pub struct External {
    pub(crate) kind: ExternalKind,
    pub(crate) name: DnsLabel,
    pub(crate) keys: Vec<DataKey>,
}

/// What kind of object exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalKind {
    /// A Secret.
    Secret,
    /// A ConfigMap.
    ConfigMap,
    /// A claim on a volume.
    PersistentVolumeClaim,
    /// A Service.
    Service,
    /// A ServiceAccount.
    ServiceAccount,
    /// A role of the namespace.
    Role,
    /// A role of the whole cluster.
    ClusterRole,
    /// A namespace.
    Namespace,
    /// A volume.
    PersistentVolume,
    /// A class of storage.
    StorageClass,
    /// A class of Ingresses.
    IngressClass,
    /// A way to run containers.
    RuntimeClass,
    /// A priority.
    PriorityClass,
}

impl ExternalKind {
    /// As manifests spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "Secret",
            Self::ConfigMap => "ConfigMap",
            Self::PersistentVolumeClaim => "PersistentVolumeClaim",
            Self::Service => "Service",
            Self::ServiceAccount => "ServiceAccount",
            Self::Role => "Role",
            Self::ClusterRole => "ClusterRole",
            Self::Namespace => "Namespace",
            Self::PersistentVolume => "PersistentVolume",
            Self::StorageClass => "StorageClass",
            Self::IngressClass => "IngressClass",
            Self::RuntimeClass => "RuntimeClass",
            Self::PriorityClass => "PriorityClass",
        }
    }

    /// Whether such an object lives in a namespace.
    #[must_use]
    pub const fn is_namespaced(self) -> bool {
        match self {
            Self::Secret
            | Self::ConfigMap
            | Self::PersistentVolumeClaim
            | Self::Service
            | Self::ServiceAccount
            | Self::Role => true,
            Self::ClusterRole
            | Self::Namespace
            | Self::PersistentVolume
            | Self::StorageClass
            | Self::IngressClass
            | Self::RuntimeClass
            | Self::PriorityClass => false,
        }
    }
}

impl External {
    /// An object of this kind and name.
    #[must_use]
    pub const fn new(kind: ExternalKind, name: DnsLabel) -> Self {
        Self { kind, name, keys: Vec::new() }
    }

    /// A Secret, such as one that `infragen secret` made.
    #[must_use]
    pub const fn secret(name: DnsLabel) -> Self {
        Self::new(ExternalKind::Secret, name)
    }

    /// A ConfigMap.
    #[must_use]
    pub const fn config_map(name: DnsLabel) -> Self {
        Self::new(ExternalKind::ConfigMap, name)
    }

    /// The keys that it holds.
    #[must_use]
    pub fn keys(mut self, keys: impl IntoIterator<Item = DataKey>) -> Self {
        self.keys.extend(keys);
        self
    }
}

/// A Secret that an environment holds or declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretHandle {
    pub(crate) name: DnsLabel,
}

impl SecretHandle {
    /// One key of it. That it has such a key is checked when the environment is rendered.
    #[must_use]
    pub fn key(&self, key: DataKey) -> SecretKey {
        SecretKey { secret: self.name.clone(), key }
    }
}

/// An object that was declared to exist already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalHandle {
    pub(crate) name: DnsLabel,
}

impl ExternalHandle {
    /// One key of it, if it is a ConfigMap.
    #[must_use]
    pub fn config(&self, key: DataKey) -> ConfigKey {
        ConfigKey { config_map: self.name.clone(), key }
    }

    /// It as a Secret.
    #[must_use]
    pub fn secret(&self) -> SecretHandle {
        SecretHandle { name: self.name.clone() }
    }
}

pub(crate) type DeclaredExternal = Chosen<External>;
