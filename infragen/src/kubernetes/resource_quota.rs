//! ResourceQuota: what the namespace may ask for, given or derived from all that may run in it at once.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{ResourceQuota, ResourceQuotaSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use super::context::Context;
use super::objects::{Marks, Objects, order};
use super::persistent_volume_claim::claims;
use crate::spec::quantity::Percent;
use crate::spec::{Exposure, Quota, Runs};

const MEBIBYTE: u64 = 1024 * 1024;

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    let Some(quota) = &context.environment.quota else { return };
    let object = ResourceQuota {
        metadata: context.metadata("quota", context.labels()),
        spec: Some(ResourceQuotaSpec {
            hard: Some(hard(context, &quota.value)),
            ..ResourceQuotaSpec::default()
        }),
        status: None,
    };
    objects.push(order::RESOURCE_QUOTA, &object, &quota.origin, Marks::default());
}

fn hard(context: &Context<'_>, quota: &Quota) -> BTreeMap<String, Quantity> {
    let amounts = match quota {
        Quota::Given { cpu, memory, pods } => vec![
            ("requests.cpu", cpu.to_string()),
            ("requests.memory", memory.to_string()),
            ("limits.memory", memory.to_string()),
            ("pods", pods.to_string()),
        ],
        Quota::Derived { headroom } => derived(&Sum::of(context), *headroom),
    };
    amounts.into_iter().map(|(name, amount)| (name.to_owned(), Quantity(amount))).collect()
}

/// All that may run at once: each workload at its most, in the middle of a rollout.
#[derive(Debug, Default)]
struct Sum {
    cpu: u64,
    memory: u64,
    memory_limit: u64,
    /// Absent as soon as one container has no CPU limit: a quota on limits would then refuse it.
    cpu_limit: Option<u64>,
    pods: u64,
    claims: u64,
    storage: u64,
    load_balancers: u64,
}

impl Sum {
    fn of(context: &Context<'_>) -> Self {
        let mut sum = Self { cpu_limit: Some(0), ..Self::default() };
        for workload in context.workloads() {
            let pods = u64::from(workload.most_pods());
            let resources = &workload.base().resources;
            sum.pods += pods;
            sum.cpu += pods * resources.cpu_request.value.millicores();
            sum.memory += pods * resources.memory_request.value.bytes();
            sum.memory_limit += pods * resources.memory_limit().value.bytes();
            sum.cpu_limit = match (sum.cpu_limit, &resources.cpu_limit) {
                (Some(limit), Some(cpu)) => Some(limit + pods * cpu.value.millicores()),
                _ => None,
            };
            if let Runs::App(app) = workload {
                let exposures = app.kind.exposures.iter();
                let balancers =
                    exposures.filter(|exposure| matches!(exposure.value, Exposure::LoadBalancer(_)));
                sum.load_balancers += balancers.count() as u64;
            }
        }
        for (_, _, size, _) in claims(context) {
            sum.claims += 1;
            sum.storage += size.bytes();
        }
        sum
    }
}

fn derived(sum: &Sum, headroom: Percent) -> Vec<(&'static str, String)> {
    let more = |amount: u64| amount + (amount * u64::from(headroom.value())).div_ceil(100);
    let cpu = |millicores: u64| millicores_text(more(millicores).div_ceil(50) * 50);
    let memory = |bytes: u64| memory_text(more(bytes));
    let mut amounts = vec![
        ("requests.cpu", cpu(sum.cpu)),
        ("requests.memory", memory(sum.memory)),
        ("limits.memory", memory(sum.memory_limit)),
        ("pods", more(sum.pods).to_string()),
        ("services.loadbalancers", sum.load_balancers.to_string()),
        ("persistentvolumeclaims", sum.claims.to_string()),
        ("requests.storage", memory_text(sum.storage)),
    ];
    amounts.extend(sum.cpu_limit.map(|limit| ("limits.cpu", cpu(limit))));
    amounts
}

/// In the API's canonical form, so that applying it again changes nothing.
fn millicores_text(millicores: u64) -> String {
    if millicores.is_multiple_of(1000) { (millicores / 1000).to_string() } else { format!("{millicores}m") }
}

/// Whole mebibytes, or whole gibibytes where they are.
fn memory_text(bytes: u64) -> String {
    match bytes.div_ceil(MEBIBYTE) {
        0 => "0".to_owned(),
        mebibytes if mebibytes.is_multiple_of(1024) => format!("{}Gi", mebibytes / 1024),
        mebibytes => format!("{mebibytes}Mi"),
    }
}
