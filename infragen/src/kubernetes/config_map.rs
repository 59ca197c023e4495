//! ConfigMap: a workload's plain variables, and files whose content stands in the environment.

use k8s_openapi::api::core::v1::ConfigMap;

use super::context::{Context, Texts, hash};
use super::objects::{Marks, Objects, order};
use crate::spec::{Base, VariableValue, VolumeSource};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let base = workload.base();
        let data = plain_variables(base);
        if !data.is_empty() {
            let mut marks = Marks::default();
            for variable in &base.variables {
                marks.add(format!("data.{}", variable.name), &variable.origin);
            }
            let config_map = ConfigMap {
                metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
                data: Some(data),
                ..ConfigMap::default()
            };
            objects.push(order::CONFIG_MAP, &config_map, &base.origin, marks);
        }
        for mount in &base.mounts {
            if let VolumeSource::Files(files) = &mount.value.volume.source {
                let name = files_name(base, mount.value.volume.name.as_str());
                let config_map = ConfigMap {
                    metadata: context.metadata(&name, context.workload_labels(base)),
                    data: Some(
                        files.iter().map(|(key, content)| (key.to_string(), content.clone())).collect(),
                    ),
                    ..ConfigMap::default()
                };
                objects.push(order::CONFIG_MAP, &config_map, &mount.origin, Marks::default());
            }
        }
    }
}

/// The variables that go into the workload's ConfigMap.
pub(super) fn plain_variables(base: &Base) -> Texts {
    base.variables
        .iter()
        .filter_map(|variable| match &variable.value {
            VariableValue::Text(text) => Some((variable.name.to_string(), text.text.clone())),
            _ => None,
        })
        .collect()
}

/// The name of the ConfigMap of a volume of files.
pub(super) fn files_name(base: &Base, volume: &str) -> String {
    format!("{}-{volume}", base.name)
}

/// A hash of all that a Pod reads from ConfigMaps of ours: on the Pod template it makes a change roll the Pods.
pub(super) fn config_hash(base: &Base) -> Option<String> {
    let mut texts: Vec<String> =
        plain_variables(base).into_iter().flat_map(|(key, value)| [key, value]).collect();
    for mount in &base.mounts {
        if let VolumeSource::Files(files) = &mount.value.volume.source {
            texts.extend(files.iter().flat_map(|(key, content)| [key.to_string(), content.clone()]));
        }
    }
    (!texts.is_empty()).then(|| hash(texts.iter().map(String::as_str), 16))
}
