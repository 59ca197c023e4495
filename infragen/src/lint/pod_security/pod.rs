//! A Pod as the controls see it: null is the same as nothing, and the Pod's own security context comes first.

use std::fmt;
use std::ops::Deref;

use super::Version;
use crate::lint::view::{Container, Workload};
use crate::node::{Field, FieldPath, Node, Value};

/// A Pod, or the template of Pods, as the controls of one version see it.
#[derive(Clone, Copy, Debug)]
pub struct Pod<'a> {
    workload: Workload<'a>,
    version: Version,
}

/// A Pod is a workload first.
impl<'a> Deref for Pod<'a> {
    type Target = Workload<'a>;

    fn deref(&self) -> &Workload<'a> {
        &self.workload
    }
}

impl<'a> Pod<'a> {
    pub(in crate::lint) const fn new(workload: Workload<'a>, version: Version) -> Self {
        Self { workload, version }
    }

    /// Whether the controls of Kubernetes 1 with this minor version hold, or those of a newer one.
    #[must_use]
    pub fn is_judged_since(&self, minor: u32) -> bool {
        self.version >= Version::minor(minor)
    }

    /// Whether it says that it runs on Windows.
    #[must_use]
    pub fn is_windows(&self) -> bool {
        self.pod(&["os", "name"]).and_then(Node::as_str) == Some("windows")
    }

    /// Whether its users are none of the node's.
    #[must_use]
    pub fn is_in_user_namespace(&self) -> bool {
        self.pod(&["hostUsers"]).and_then(Node::as_bool) == Some(false)
    }

    /// The annotations of its Pods, by name; those that are no text are left out.
    pub fn pod_annotations(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let annotations = self.template.at(&["metadata", "annotations"]).map_or(&[][..], Node::fields);
        annotations.iter().filter_map(|Field { name, node, .. }| Some((name.as_str(), node.as_str()?)))
    }

    /// The path of one annotation of its Pods.
    #[must_use]
    pub fn pod_annotation_path(&self, name: &str) -> FieldPath {
        self.template_path(&["metadata", "annotations", name])
    }

    /// Its volumes.
    #[must_use]
    pub fn volumes(&self) -> &'a [Node] {
        self.pod(&["volumes"]).map_or(&[], Node::items)
    }

    /// The Pod's own security context.
    #[must_use]
    pub fn security_context(&self) -> SecurityContext<'a> {
        SecurityContext { pod: *self, container: None }
    }

    /// Its containers' security contexts, whether they have any or not.
    pub fn container_contexts(&self) -> impl Iterator<Item = SecurityContext<'a>> {
        let pod = *self;
        self.containers().map(move |container| SecurityContext { pod, container: Some(container) })
    }

    /// All security contexts, the Pod's first.
    pub fn security_contexts(&self) -> impl Iterator<Item = SecurityContext<'a>> {
        std::iter::once(self.security_context()).chain(self.container_contexts())
    }
}

/// The security context of a Pod or of a container, which may be empty. Its text is whose it is.
#[derive(Clone, Copy, Debug)]
pub struct SecurityContext<'a> {
    pod: Pod<'a>,
    container: Option<Container<'a>>,
}

impl<'a> SecurityContext<'a> {
    /// The value at the end of a chain of fields; nothing if it is null.
    #[must_use]
    pub fn at(&self, names: &[&str]) -> Option<&'a Node> {
        let context = match &self.container {
            Some(container) => container.at(&["securityContext"]),
            None => self.pod.pod(&["securityContext"]),
        };
        given(context?.at(names))
    }

    /// The path of a chain of fields.
    #[must_use]
    pub fn path(&self, names: &[&str]) -> FieldPath {
        let context = match &self.container {
            Some(container) => container.path(&["securityContext"]),
            None => self.pod.pod_path(&["securityContext"]),
        };
        context.fields(names)
    }
}

impl fmt::Display for SecurityContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.container {
            Some(container) => write!(f, "container `{}`", container.name()),
            None => f.write_str("the Pod"),
        }
    }
}

/// A value, unless it is null, which the API server takes for none.
pub(in crate::lint) fn given(node: Option<&Node>) -> Option<&Node> {
    node.filter(|node| node.value != Value::Null)
}
