//! What no single setter can see: names used twice, handles of another environment, connections over the server's bound.

use std::collections::BTreeMap;

use super::Environment;
use crate::origin::Origin;
use crate::spec::network::Dependency;
use crate::spec::problem::Problems;
use crate::spec::variables::VariableValue;

/// Connections that PostgreSQL keeps for superusers, and one for a person who looks.
const RESERVED_CONNECTIONS: u32 = 4;

/// Checks an environment as a whole.
pub(super) fn whole(environment: &Environment, problems: &mut Problems) {
    names(environment, problems);
    images(environment, problems);
    callees(environment, problems);
    connections(environment, problems);
}

fn note(problems: &mut Problems, field: &'static str, origin: &Origin, message: String, help: &str) {
    if let Some(at) = origin.location() {
        problems.note_at(field, message, help.to_owned(), at);
    }
}

fn names(environment: &Environment, problems: &mut Problems) {
    let mut seen: BTreeMap<&str, &Origin> = BTreeMap::new();
    for workload in &environment.contents.workloads {
        let base = workload.base();
        if let Some(first) = seen.insert(base.name.as_str(), &base.origin) {
            let message = format!("two workloads are named `{}`; the first was added at {first}", base.name);
            note(problems, "name", &base.origin, message, "give each workload a name of its own");
        }
    }
}

fn images(environment: &Environment, problems: &mut Problems) {
    for workload in &environment.contents.workloads {
        let base = workload.base();
        if base.image.is_none() {
            let message = format!("`{}` has no image", base.name);
            note(problems, "image", &base.origin, message, "say what it runs: `.image(image!(\"…\"))`");
        }
    }
}

/// A handle that came from another environment names a workload that is not here.
fn callees(environment: &Environment, problems: &mut Problems) {
    for workload in &environment.contents.workloads {
        let base = workload.base();
        for call in &base.calls {
            let Dependency::Workload { name, .. } = &call.value else { continue };
            if !environment.contents.workloads.iter().any(|callee| callee.base().name == *name) {
                let message = format!(
                    "`{}` uses `{name}`, which environment `{}` does not hold",
                    base.name, environment.name
                );
                note(problems, "uses", &call.origin, message, "use a handle that this environment gave");
            }
        }
    }
}

fn connections(environment: &Environment, problems: &mut Problems) {
    for server in &environment.contents.servers {
        let Some(most) = &server.max_connections else { continue };
        let mut asked = 0;
        let mut who = Vec::new();
        for workload in &environment.contents.workloads {
            for variable in &workload.base().variables {
                let VariableValue::Text(text) = &variable.value else { continue };
                let Some(budget) = text.budget.as_ref().filter(|budget| budget.host == server.host) else {
                    continue;
                };
                let pods = workload.most_pods();
                asked += pods * budget.connections;
                who.push((
                    &variable.origin,
                    format!("{pods} Pods of `{}` with {} each", workload.base().name, budget.connections),
                ));
            }
        }
        if let Some((origin, _)) = who.last()
            && asked + RESERVED_CONNECTIONS > most.value
        {
            let all: Vec<&str> = who.iter().map(|(_, what)| what.as_str()).collect();
            let message = format!(
                "`{}` takes {} connections, {RESERVED_CONNECTIONS} of them reserved, but up to {asked} are opened: {}",
                server.host,
                most.value,
                all.join(", ")
            );
            note(
                problems,
                "connections",
                origin,
                message,
                "fewer replicas, fewer connections each, or a server that takes more",
            );
        }
    }
}
