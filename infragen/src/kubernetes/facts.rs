//! What no object says and rules need to know: externals, what programs read, declared paths, capacity, waivers.

use super::context::Context;
use crate::bundle::{Capacity, Connection, Contract, Endpoint, External, Facts, ReadVariable, Waiver};
use crate::spec::Dependency;

pub(super) fn facts(context: &Context<'_>) -> Facts {
    let environment = context.environment;
    Facts {
        kubernetes: environment
            .cluster
            .kubernetes
            .as_ref()
            .map(|version| (version.value.major().into(), version.value.minor().into())),
        externals: environment
            .externals
            .iter()
            .map(|external| External {
                kind: external.value.kind.as_str().to_owned(),
                name: external.value.name.to_string(),
                keys: external.value.keys.iter().map(ToString::to_string).collect(),
                origin: external.origin.clone(),
            })
            .collect(),
        contracts: contracts(context),
        connections: connections(context),
        capacity: capacity(context),
        waivers: waivers(context),
        ..Facts::default()
    }
}

fn contracts(context: &Context<'_>) -> Vec<Contract> {
    let given = context.workloads().filter_map(|workload| {
        let base = workload.base();
        let contract = base.contract.as_ref()?;
        let variables = contract.value.variables.iter().map(|variable| ReadVariable {
            name: variable.name.clone(),
            required: variable.required,
            secret: variable.secret,
        });
        Some(Contract {
            kind: workload.object_kind().to_owned(),
            workload: context.object_name(workload),
            container: base.name.to_string(),
            variables: variables.collect(),
            origin: contract.origin.clone(),
        })
    });
    given.collect()
}

fn connections(context: &Context<'_>) -> Vec<Connection> {
    let calls = context.workloads().flat_map(|workload| {
        let base = workload.base();
        base.distinct_calls().into_iter().filter_map(|call| {
            let (to, port) = match &call.value {
                Dependency::Workload { name, port } => (Endpoint::Workload(name.to_string()), port),
                Dependency::Host { host, port, .. } => (Endpoint::Host(host.to_string()), port),
                Dependency::KubernetesApi => return None,
            };
            Some(Connection {
                from: base.name.to_string(),
                to,
                port: port.number(),
                origin: call.origin.clone(),
            })
        })
    });
    calls.collect()
}

/// What the node pools hold when each is as large as it may be. Unknown instance types make it unknown.
fn capacity(context: &Context<'_>) -> Option<Capacity> {
    let pools = &context.environment.cluster.node_pools;
    let origin = pools.first()?.name.origin.clone();
    let mut capacity = Capacity { millicores: 0, bytes: 0, nodes: 0, origin };
    for pool in pools {
        let (cpu, memory) = pool.capacity.as_ref()?;
        let nodes = *pool.nodes.end();
        capacity.millicores += u64::from(nodes) * cpu.millicores();
        capacity.bytes += u64::from(nodes) * memory.bytes();
        capacity.nodes += nodes;
    }
    Some(capacity)
}

fn waivers(context: &Context<'_>) -> Vec<Waiver> {
    let whole = context.environment.waivers.iter().map(|waiver| Waiver {
        rule: waiver.rule.clone(),
        object: waiver.object.clone(),
        reason: waiver.reason.clone(),
        origin: waiver.origin.clone(),
    });
    let single = context.workloads().flat_map(|workload| {
        workload.base().waivers.iter().map(|waiver| Waiver {
            rule: waiver.rule.clone(),
            object: Some(format!("{}/{}", workload.object_kind(), context.object_name(workload))),
            reason: waiver.reason.clone(),
            origin: waiver.origin.clone(),
        })
    });
    whole.chain(single).collect()
}
