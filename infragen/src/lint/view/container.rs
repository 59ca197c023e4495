//! One container of a workload.

use super::Workload;
use crate::lint::Containers;
use crate::node::{FieldPath, Node};

/// One container of a workload.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    /// What it belongs to.
    pub workload: Workload<'a>,
    /// The list that it stands in.
    pub list: ContainerList,
    /// Its index in that list.
    pub index: usize,
    /// Its root.
    pub node: &'a Node,
}

/// A list of containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerList {
    /// `initContainers`.
    Init,
    /// `containers`.
    Main,
    /// `ephemeralContainers`.
    Ephemeral,
}

impl ContainerList {
    /// All lists, in the order in which containers start.
    pub const ALL: [Self; 3] = [Self::Init, Self::Main, Self::Ephemeral];

    /// The field of the Pod's `spec`.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Init => "initContainers",
            Self::Main => "containers",
            Self::Ephemeral => "ephemeralContainers",
        }
    }
}

impl<'a> Container<'a> {
    /// Its name; empty when it has none.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.node.text_at(&["name"]).unwrap_or_default()
    }

    /// The value at the end of a chain of fields.
    #[must_use]
    pub fn at(&self, names: &[&str]) -> Option<&'a Node> {
        self.node.at(names)
    }

    /// The items of a list among its fields.
    #[must_use]
    pub fn items(&self, name: &str) -> &'a [Node] {
        self.node.get(name).map_or(&[], Node::items)
    }

    /// The path of a chain of fields.
    #[must_use]
    pub fn path(&self, names: &[&str]) -> FieldPath {
        self.workload.pod_path(&[self.list.field()]).index(self.index).fields(names)
    }

    /// Whether it goes on running when the Pod has started: init containers do that restart always.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        match self.list {
            ContainerList::Main => true,
            ContainerList::Init => self.node.text_at(&["restartPolicy"]) == Some("Always"),
            ContainerList::Ephemeral => false,
        }
    }

    pub(crate) fn is_among(&self, containers: Containers) -> bool {
        match containers {
            Containers::Every => true,
            Containers::Scheduled => self.list != ContainerList::Ephemeral,
            Containers::Lasting => self.is_lasting(),
        }
    }
}

/// Where probes and hooks stand.
pub(crate) const PROBES_AND_HOOKS: [&[&str]; 5] = [
    &["livenessProbe"],
    &["readinessProbe"],
    &["startupProbe"],
    &["lifecycle", "postStart"],
    &["lifecycle", "preStop"],
];
/// How they reach the container by a port.
const MEANS: [&str; 3] = ["httpGet", "tcpSocket", "grpc"];

impl<'a> Container<'a> {
    /// The ports that its probes and hooks name, by name or number, each with its field.
    ///
    /// Those that go to another host are left out.
    pub fn probed_ports(&self) -> impl Iterator<Item = (FieldPath, &'a Node)> {
        let container = *self;
        PROBES_AND_HOOKS.into_iter().flat_map(move |probe| {
            MEANS.into_iter().filter_map(move |means| {
                let target = container.at(probe)?.get(means)?;
                let port = target.get("port").filter(|_| target.get("host").is_none())?;
                Some((container.path(probe).fields(&[means, "port"]), port))
            })
        })
    }
}
