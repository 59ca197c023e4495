//! The setters that every workload has: its container, and the Pod around it.

use super::{NamedPort, Waiver, Workload};
use crate::origin::{Chosen, Origin};
use crate::spec::account::ServiceAccount;
use crate::spec::image::Image;
use crate::spec::network::{Callee, Caller};
use crate::spec::policies::PriorityHandle;
use crate::spec::probes::Probes;
use crate::spec::quantity::{Cpu, Input, LabelKey, Memory, Port, PortName, VariableName};
use crate::spec::rollout::{Drain, Spread};
use crate::spec::variables::{Contract, Variable, VariableValue};
use crate::spec::volumes::Mount;

impl<K> Workload<K> {
    /// What the container runs.
    #[must_use]
    #[track_caller]
    pub fn image(mut self, image: impl Into<Image>) -> Self {
        self.base.image = Some(Chosen::here(image.into()));
        self
    }

    /// The program, in place of the image's own.
    #[must_use]
    #[track_caller]
    pub fn command<S: Into<String>>(mut self, command: impl IntoIterator<Item = S>) -> Self {
        self.base.command = Some(Chosen::here(command.into_iter().map(Into::into).collect()));
        self
    }

    /// The program's arguments.
    #[must_use]
    #[track_caller]
    pub fn arguments<S: Into<String>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.base.arguments = Some(Chosen::here(arguments.into_iter().map(Into::into).collect()));
        self
    }

    /// A TCP port that the program listens on. The first is the one that probes and Services mean.
    #[must_use]
    #[track_caller]
    pub fn port(mut self, name: impl Input<PortName>, port: impl Input<Port>) -> Self {
        let name = self.base.problems.take("port", name);
        let port = self.base.problems.take("port", port);
        if let (Some(name), Some(port)) = (name, port) {
            self.base.ports.push(Chosen::here(NamedPort { name: name.value, port: port.value }));
        }
        self
    }

    /// A variable: plain text goes into the workload's ConfigMap, a key of a Secret and what the Pod knows are referred to.
    #[must_use]
    #[track_caller]
    pub fn variable(mut self, name: impl Input<VariableName>, value: impl Into<VariableValue>) -> Self {
        if let Some(name) = self.base.problems.take("variable", name) {
            let value = value.into();
            if let VariableValue::Text(text) = &value
                && let Some(needs) = &text.needs
            {
                self.base.calls.push(Chosen::here(needs.clone()));
            }
            self.base.variables.push(Variable { name: name.value, value, origin: Origin::here() });
        }
        self
    }

    /// What the program reads: variables that are missing or that nobody reads are then told.
    #[must_use]
    #[track_caller]
    pub fn reads(mut self, contract: impl Into<Contract>) -> Self {
        self.base.contract = Some(Chosen::here(contract.into()));
        self
    }

    /// How Kubernetes asks whether it has started, lives, and may be called.
    #[must_use]
    pub fn probes(mut self, probes: Probes) -> Self {
        self.base.probes = probes;
        self
    }

    /// What the scheduler sets aside for it.
    #[must_use]
    #[track_caller]
    pub fn requests(mut self, cpu: impl Input<Cpu>, memory: impl Input<Memory>) -> Self {
        let resources = &mut self.base.resources;
        if let Some(cpu) = self.base.problems.take("requests.cpu", cpu) {
            resources.cpu_request = cpu;
        }
        if let Some(memory) = self.base.problems.take("requests.memory", memory) {
            resources.memory_request = memory;
        }
        self
    }

    /// What it may not exceed: over the CPU limit it waits, over the memory limit it is killed.
    #[must_use]
    #[track_caller]
    pub fn limits(mut self, cpu: impl Input<Cpu>, memory: impl Input<Memory>) -> Self {
        self.base.resources.cpu_limit = self.base.problems.take("limits.cpu", cpu);
        self.base.resources.memory_limit = self.base.problems.take("limits.memory", memory);
        self
    }

    /// A memory limit alone: idle cores may be used by whoever wants them.
    #[must_use]
    #[track_caller]
    pub fn memory_limit(mut self, memory: impl Input<Memory>) -> Self {
        self.base.resources.memory_limit = self.base.problems.take("limits.memory", memory);
        self
    }

    /// How a Pod says goodbye.
    #[must_use]
    #[track_caller]
    pub fn drain(mut self, drain: Drain) -> Self {
        self.base.drain = Chosen::here(drain);
        self
    }

    /// Where its Pods stand.
    #[must_use]
    #[track_caller]
    pub fn spread(mut self, spread: Spread) -> Self {
        self.base.spread = Chosen::here(spread);
        self
    }

    /// How important its Pods are when there is not room for all.
    #[must_use]
    #[track_caller]
    pub fn priority(mut self, priority: &PriorityHandle) -> Self {
        self.base.priority = Some(Chosen::here(priority.clone()));
        self
    }

    /// A folder that outlives the container's file system, or holds what somebody else wrote.
    #[must_use]
    #[track_caller]
    pub fn volume(mut self, mount: Mount) -> Self {
        self.base.mounts.push(Chosen::here(mount));
        self
    }

    /// What it may do at the Kubernetes API and in AWS.
    #[must_use]
    #[track_caller]
    pub fn service_account(mut self, account: ServiceAccount) -> Self {
        self.base.account = Chosen::here(account);
        self
    }

    /// The numeric user and group that it runs as, where the image needs one of its own. Never 0.
    #[must_use]
    #[track_caller]
    pub fn user(mut self, id: u32) -> Self {
        if id == 0 {
            self.base.problems.note(
                "user",
                "user 0 is root".to_owned(),
                "give the number of the image's own user, such as 999 for postgres".to_owned(),
            );
        }
        self.base.user = Chosen::here(id);
        self
    }

    /// Lets the container write to its own file system, and says why it must.
    #[must_use]
    #[track_caller]
    pub fn writable_root(mut self, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        self.base.writable_root = Some(Chosen::here(reason.clone()));
        self.allow("writable-root-file-system", reason)
    }

    /// What it calls: the network opens for it, and for nothing else.
    #[must_use]
    #[track_caller]
    pub fn uses(mut self, callee: &impl Callee) -> Self {
        let origin = Origin::here();
        let dependencies = callee.dependencies();
        self.base
            .calls
            .extend(dependencies.into_iter().map(|value| Chosen { value, origin: origin.clone() }));
        self
    }

    /// Pods of another namespace that may call one of its ports.
    #[must_use]
    #[track_caller]
    pub fn called_by(mut self, caller: Caller, port: impl Input<Port>) -> Self {
        if let Some(port) = self.base.problems.take("called_by", port) {
            self.base.callers.push(Chosen::here((caller, port.value)));
        }
        self
    }

    /// An annotation on its Pods.
    #[must_use]
    #[track_caller]
    pub fn annotation(mut self, key: impl Input<LabelKey>, value: impl Into<String>) -> Self {
        if let Some(key) = self.base.problems.take("annotation", key) {
            self.base.annotations.push(Chosen::here((key.value, value.into())));
        }
        self
    }

    /// Breaks one rule on purpose, and says why.
    #[must_use]
    #[track_caller]
    pub fn allow(mut self, rule: impl Into<String>, reason: impl Into<String>) -> Self {
        let waiver = Waiver { rule: rule.into(), reason: reason.into(), origin: Origin::here() };
        self.base.waivers.push(waiver);
        self
    }
}
