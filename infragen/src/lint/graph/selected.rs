//! The workloads that an object means by its selector or its target.

use super::Graph;
use crate::lint::selector::Selector;
use crate::lint::view::{Object, Workload};

impl<'a> Graph<'a> {
    /// The workloads whose Pods are a Service's endpoints.
    #[must_use]
    pub fn behind(&self, service: &Object<'_>) -> Vec<&Workload<'a>> {
        let selector = service.at(&["spec", "selector"]).map(Selector::of_labels);
        selector
            .filter(|selector| !selector.is_empty())
            .map_or_else(Vec::new, |selector| self.selected(service, selector))
    }

    /// The workloads whose Pods a disruption budget protects.
    #[must_use]
    pub fn budgeted(&self, budget: &Object<'_>) -> Vec<&Workload<'a>> {
        let Some(selector) = budget.at(&["spec", "selector"]).map(Selector::new) else { return Vec::new() };
        // The old version meant by an empty selector that it takes nothing.
        if selector.is_empty() && budget.api_version == "policy/v1beta1" {
            return Vec::new();
        }
        self.selected(budget, selector)
    }

    /// The workload that an autoscaler scales.
    #[must_use]
    pub fn scaled(&self, autoscaler: &Object<'_>) -> Option<Workload<'a>> {
        let target = |name| autoscaler.node.text_at(&["spec", "scaleTargetRef", name]);
        self.find(autoscaler, target("kind")?, target("name")?).copied().and_then(Workload::of)
    }
}
