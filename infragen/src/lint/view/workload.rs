//! A Pod, or an object that makes Pods from a template.

use std::ops::Deref;

use super::{Container, ContainerList, Object};
use crate::node::{FieldPath, Node};

/// A Pod, or an object that makes Pods from a template.
#[derive(Clone, Copy, Debug)]
pub struct Workload<'a> {
    /// The object.
    pub object: Object<'a>,
    /// The way to the template, or to the Pod itself.
    template_path: &'static [&'static str],
    /// The template: it has the Pod's `metadata` and `spec`.
    pub template: &'a Node,
}

/// A workload is an object first.
impl<'a> Deref for Workload<'a> {
    type Target = Object<'a>;

    fn deref(&self) -> &Object<'a> {
        &self.object
    }
}

impl<'a> Workload<'a> {
    pub(crate) fn of(object: Object<'a>) -> Option<Self> {
        let template_path: &'static [&'static str] = match object.kind {
            "Pod" => &[],
            "PodTemplate" => &["template"],
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "ReplicationController" | "Job" => {
                &["spec", "template"]
            }
            "CronJob" => &["spec", "jobTemplate", "spec", "template"],
            _ => return None,
        };
        object.at(template_path).map(|template| Self { object, template_path, template })
    }

    /// The value at the end of a chain of fields below the Pod's `spec`.
    #[must_use]
    pub fn pod(&self, names: &[&str]) -> Option<&'a Node> {
        self.template.get("spec").and_then(|spec| spec.at(names))
    }

    /// The path of a chain of fields below the Pod's `spec`.
    #[must_use]
    pub fn pod_path(&self, names: &[&str]) -> FieldPath {
        self.template_path(&["spec"]).fields(names)
    }

    /// The path of a chain of fields below the template.
    #[must_use]
    pub fn template_path(&self, names: &[&str]) -> FieldPath {
        FieldPath::root().fields(self.template_path).fields(names)
    }

    /// The labels of its Pods.
    #[must_use]
    pub fn pod_labels(&self) -> Option<&'a Node> {
        self.template.at(&["metadata", "labels"])
    }

    /// The value of one label of its Pods.
    #[must_use]
    pub fn pod_label(&self, name: &str) -> Option<&'a str> {
        self.pod_labels().and_then(|labels| labels.text_at(&[name]))
    }

    /// Its containers: init containers first, ephemeral ones last.
    pub fn containers(&self) -> impl Iterator<Item = Container<'a>> {
        let workload = *self;
        ContainerList::ALL.into_iter().flat_map(move |list| {
            let items = workload.pod(&[list.field()]).map_or(&[][..], Node::items);
            items.iter().enumerate().map(move |(index, node)| Container { workload, list, index, node })
        })
    }
}
