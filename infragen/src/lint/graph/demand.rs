//! What a workload's Pods ask of their namespace's quota.

use super::Graph;
use crate::lint::quantity::Quantity;
use crate::lint::view::{Container, ContainerList, Object, Workload};
use crate::node::{Node, Value};

/// One side of `resources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `requests`.
    Requests,
    /// `limits`.
    Limits,
}

impl Side {
    const fn field(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Limits => "limits",
        }
    }

    /// The field of a LimitRange's item that is used where a container says nothing.
    const fn default_field(self) -> &'static str {
        match self {
            Self::Requests => "defaultRequest",
            Self::Limits => "default",
        }
    }
}

impl<'a> Graph<'a> {
    /// The most Pods that the workload has at once: scaled out, and rolling out.
    #[must_use]
    pub fn most_pods(&self, workload: &Workload<'_>) -> Option<u64> {
        let most = self.replicas(workload)?.most;
        let (strategy, default) = match workload.kind {
            "Deployment" => ("strategy", 25),
            "DaemonSet" => ("updateStrategy", 0),
            _ => return Some(most),
        };
        if matches!(workload.node.text_at(&["spec", strategy, "type"]), Some("Recreate" | "OnDelete")) {
            return Some(most);
        }
        let surge = workload.at(&["spec", strategy, "rollingUpdate", "maxSurge"]);
        Some(most + surge.map_or((most * default).div_ceil(100), |surge| share(surge, most)))
    }

    /// What one Pod of the workload is counted with, after the scheduler's formula: its containers together, or its
    /// greediest init container beside the sidecars that run already, whichever is more.
    #[must_use]
    pub fn pod_demand(&self, workload: &Workload<'_>, side: Side, resource: &str) -> Quantity {
        let (mut lasting, mut starting) = (Quantity::default(), Quantity::default());
        for container in workload.containers().filter(|container| container.list != ContainerList::Ephemeral)
        {
            let amount = self.amount(&container, side, resource);
            if container.is_lasting() {
                lasting = lasting.plus(amount);
            } else {
                starting = starting.max(lasting.plus(amount));
            }
        }
        let overhead = workload.pod(&["overhead", resource]).and_then(Quantity::of).unwrap_or_default();
        lasting.max(starting).plus(overhead)
    }

    /// What one container asks for, defaults of the API server and of LimitRanges included; none, when nobody says.
    #[must_use]
    pub fn asked(&self, container: &Container<'_>, side: Side, resource: &str) -> Option<Quantity> {
        let own = |side: Side| container.at(&["resources", side.field(), resource]).and_then(Quantity::of);
        own(side)
            .or_else(|| own(Side::Limits).filter(|_| side == Side::Requests))
            .or_else(|| self.default_amount(&container.workload, side, resource))
    }

    fn amount(&self, container: &Container<'_>, side: Side, resource: &str) -> Quantity {
        self.asked(container, side, resource).unwrap_or_default()
    }

    fn default_amount(&self, from: &Object<'_>, side: Side, resource: &str) -> Option<Quantity> {
        let ranges = self.of_kind("LimitRange").filter(|range| range.shares_namespace(from.namespace));
        ranges
            .flat_map(|range| range.at(&["spec", "limits"]).map_or(&[][..], Node::items))
            .filter(|item| item.text_at(&["type"]) == Some("Container"))
            .find_map(|item| {
                let of = |field| item.at(&[field, resource]).and_then(Quantity::of);
                // What a LimitRange does not say the API server fills in: the default from the maximum, the default
                // request from the default or the minimum.
                of(side.default_field())
                    .or_else(|| of("default"))
                    .or_else(|| of("max"))
                    .or_else(|| of("min").filter(|_| side == Side::Requests))
            })
    }
}

/// A number, or a percentage of the Pods; surge is rounded up.
fn share(node: &Node, pods: u64) -> u64 {
    let number = match &node.value {
        Value::Integer(number) => u64::try_from(*number).ok(),
        Value::String(text) => text
            .strip_suffix('%')
            .and_then(|percent| percent.parse::<u64>().ok())
            .map(|percent| (percent * pods).div_ceil(100)),
        _ => None,
    };
    number.unwrap_or_default()
}
