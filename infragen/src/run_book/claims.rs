//! The claims that workloads keep data on.

use serde::Serialize;

use crate::spec::{Environment, Storage, VolumeSource};

/// A claim that outlives its workload.
#[derive(Serialize)]
pub(super) struct Claim {
    name: String,
    workload: String,
    size: String,
    class: String,
    /// The volume that is written for it and kept when it goes.
    volume: Option<String>,
}

impl Claim {
    pub(super) fn all(environment: &Environment) -> Vec<Self> {
        let mounts = environment.contents.workloads.iter().flat_map(|workload| {
            let base = workload.base();
            base.mounts.iter().map(move |mount| (base, &mount.value.volume))
        });
        mounts
            .filter_map(|(base, volume)| {
                let VolumeSource::Claim { size, storage } = &volume.source else { return None };
                let name = format!("{}-{}", base.name, volume.name);
                Some(Self {
                    workload: base.name.to_string(),
                    size: size.to_string(),
                    class: match storage {
                        Storage::DefaultClass => "the default class".to_owned(),
                        Storage::Class(class) => format!("class {class}"),
                        Storage::Static(_) => "a volume that is there already".to_owned(),
                    },
                    volume: matches!(storage, Storage::Static(_))
                        .then(|| format!("{}-{name}", environment.namespace.value)),
                    name,
                })
            })
            .collect()
    }
}
