//! LimitRange: what a container gets that asks for nothing, and the most that one may have.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{LimitRange, LimitRangeItem, LimitRangeSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::context::Context;
use super::objects::{Marks, Objects, order};
use crate::spec::quantity::{Cpu, Memory};
use crate::spec::{self, Resources};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    let Some(limit_range) = &context.environment.limit_range else { return };
    let Some(item) = item(context, &limit_range.value) else { return };
    let object = LimitRange {
        metadata: context.metadata("limits", context.labels()),
        spec: Some(LimitRangeSpec { limits: vec![item] }),
    };
    objects.push(order::LIMIT_RANGE, &object, &limit_range.origin, Marks::default());
}

fn item(context: &Context<'_>, limit_range: &spec::LimitRange) -> Option<LimitRangeItem> {
    match limit_range {
        spec::LimitRange::Given { default_request: (cpu, memory), default_memory_limit, max } => {
            Some(container(cpu, memory, default_memory_limit, Some(&max.0), &max.1))
        }
        spec::LimitRange::Derived => {
            let all = || context.workloads().map(|workload| &workload.base().resources);
            let cpu = all().map(|resources| &resources.cpu_request.value).min()?;
            let memory = all().map(|resources| &resources.memory_request.value).min()?;
            let limits = || all().map(|resources| resources.memory_limit().value);
            // A most for CPU would become the default limit of whoever has none.
            let every_cpu_limit: Option<Vec<&Cpu>> = all().map(cpu_limit).collect();
            let most_cpu = every_cpu_limit.and_then(|limits| limits.into_iter().max());
            Some(container(cpu, memory, &limits().min()?, most_cpu, &limits().max()?))
        }
    }
}

fn cpu_limit(resources: &Resources) -> Option<&Cpu> {
    resources.cpu_limit.as_ref().map(|cpu| &cpu.value)
}

fn container(
    cpu: &Cpu,
    memory: &Memory,
    memory_limit: &Memory,
    most_cpu: Option<&Cpu>,
    most_memory: &Memory,
) -> LimitRangeItem {
    let entry = |name: &str, amount: String| (name.to_owned(), Quantity(amount));
    let mut max = BTreeMap::from([entry("memory", most_memory.to_string())]);
    let mut default = BTreeMap::from([entry("memory", memory_limit.to_string())]);
    if let Some(most) = most_cpu {
        max.insert("cpu".to_owned(), Quantity(most.to_string()));
        default.insert("cpu".to_owned(), Quantity(most.to_string()));
    }
    LimitRangeItem {
        type_: "Container".to_owned(),
        default_request: Some(BTreeMap::from([
            entry("cpu", cpu.to_string()),
            entry("memory", memory.to_string()),
        ])),
        default: Some(default),
        max: Some(max),
        ..LimitRangeItem::default()
    }
}
