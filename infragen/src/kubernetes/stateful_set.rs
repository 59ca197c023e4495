//! StatefulSet of one: singletons, databases. Its controller starts no second Pod before the first is gone.

use k8s_openapi::api::apps::v1::{StatefulSet, StatefulSetSpec, StatefulSetUpdateStrategy};

use super::context::Context;
use super::deployment::number;
use super::objects::{Marks, Objects, order};
use super::pod::{self, Restart};
use crate::spec::Runs;

/// How many old versions can be gone back to.
const HISTORY: u32 = 5;

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let Runs::Singleton(singleton) = workload else { continue };
        let base = &singleton.base;
        let (template, template_marks) = pod::template(context, base, Restart::Always);
        let mut marks = Marks::default();
        marks.add_part("spec.template", template_marks);
        let stateful_set = StatefulSet {
            metadata: context.metadata(base.name.as_str(), context.workload_labels(base)),
            spec: Some(StatefulSetSpec {
                replicas: Some(1),
                service_name: Some(base.name.to_string()),
                selector: context.selector(base.name.as_str()),
                update_strategy: Some(StatefulSetUpdateStrategy {
                    type_: Some("RollingUpdate".to_owned()),
                    rolling_update: None,
                }),
                revision_history_limit: Some(number(HISTORY)),
                template,
                ..StatefulSetSpec::default()
            }),
            status: None,
        };
        objects.push(order::STATEFUL_SET, &stateful_set, &base.origin, marks);
    }
}
