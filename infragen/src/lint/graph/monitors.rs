//! What Prometheus' operator is told to scrape.

use super::Graph;
use crate::lint::selector::Selector;
use crate::lint::view::{Object, Workload};
use crate::node::Node;

impl<'a> Graph<'a> {
    /// The Services that a ServiceMonitor selects, or the workloads of a PodMonitor; none, when they may be some that the
    /// bundle does not show.
    #[must_use]
    pub fn monitored(&self, monitor: &Object<'_>) -> Option<Vec<&Object<'a>>> {
        let selector = monitor.at(&["spec", "selector"]).map(Selector::new)?;
        let namespaces =
            monitor.at(&["spec", "namespaceSelector", "matchNames"]).map_or(&[][..], Node::items);
        let is_meant = |object: &Object<'_>| match namespaces {
            [] => monitor.shares_namespace(object.namespace),
            named => named.iter().any(|name| object.shares_namespace(name.as_str())),
        };
        let of_all = monitor.at(&["spec", "namespaceSelector", "any"]).and_then(Node::as_bool) == Some(true);
        let is_near = |object: &Object<'_>| of_all || is_meant(object);
        let found: Vec<_> = if monitor.kind == "PodMonitor" {
            let takes = |workload: &&Workload<'a>| is_near(workload) && selector.takes(workload.pod_labels());
            self.workloads().iter().filter(takes).map(|workload| &workload.object).collect()
        } else {
            let takes = |service: &&Object<'a>| {
                is_near(service) && selector.takes(service.at(&["metadata", "labels"]))
            };
            self.of_kind("Service").filter(takes).collect()
        };
        // A monitor alone in a file says nothing of what it selects.
        let shows = |object: &Object<'a>| is_near(object) && self.applied_together(object, monitor);
        let is_shown = self.workloads().iter().any(|workload| shows(workload));
        (!found.is_empty() || !of_all && (self.is_complete() || is_shown)).then_some(found)
    }
}
