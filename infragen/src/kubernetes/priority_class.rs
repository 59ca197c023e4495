//! PriorityClass: which Pods go first when there is not room for all.

use k8s_openapi::api::scheduling::v1::PriorityClass;

use super::context::Context;
use super::objects::{Marks, Objects, order};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for priority in &context.environment.priorities {
        let class = PriorityClass {
            metadata: context.cluster_metadata(priority.name.value.as_str(), context.labels()),
            value: priority.value,
            // False is what the API server leaves out: written, it would make each apply a change.
            global_default: None,
            description: Some(priority.description.clone()),
            preemption_policy: Some(
                if priority.preempts { "PreemptLowerPriority" } else { "Never" }.to_owned(),
            ),
        };
        objects.push(order::PRIORITY_CLASS, &class, &priority.name.origin, Marks::default());
    }
}
