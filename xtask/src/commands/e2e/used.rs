//! What the kubelets counted of Pods: processor time, throttling, memory, and kills for want of it.

use std::collections::BTreeMap;

use super::environment::name;
use crate::commands::cluster::kubectl::Kubectl;

/// What was counted of one Pod. All but the memory grows for as long as the Pod is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Used {
    pub(super) periods: f64,
    pub(super) periods_throttled: f64,
    pub(super) seconds: f64,
    pub(super) killed: f64,
    /// In bytes.
    pub(super) memory: f64,
}

impl Used {
    /// What all Pods of a namespace used, by their names.
    pub(super) fn of(kubectl: &Kubectl, namespace: &str) -> anyhow::Result<BTreeMap<String, Self>> {
        let mut used = BTreeMap::new();
        let nodes = kubectl.json(&["get", "nodes"])?;
        for node in nodes["items"].as_array().into_iter().flatten() {
            let path = format!("/api/v1/nodes/{}/proxy/metrics/cadvisor", name(node));
            read(&kubectl.text(&["get", "--raw", &path])?, namespace, &mut used);
        }
        Ok(used)
    }

    /// Takes over what was counted later.
    pub(super) fn grow(&mut self, later: &Self) {
        self.periods = self.periods.max(later.periods);
        self.periods_throttled = self.periods_throttled.max(later.periods_throttled);
        self.seconds = self.seconds.max(later.seconds);
        self.killed = self.killed.max(later.killed);
        self.memory = self.memory.max(later.memory);
    }
}

/// Reads figures of Pods, as every runtime tells them; by container some do not.
fn read(metrics: &str, namespace: &str, used: &mut BTreeMap<String, Used>) {
    let namespace = format!("namespace=\"{namespace}\"");
    let ours = |line: &&str| line.contains(&namespace) && line.contains("container=\"\"");
    for line in metrics.lines().filter(ours) {
        let name = line.split('{').next().unwrap_or_default();
        let pod = line.split_once("pod=\"").and_then(|(_, rest)| rest.split('"').next());
        let value = line.rsplit_once('}').and_then(|(_, rest)| rest.split_whitespace().next());
        let (Some(pod), Some(value)) = (pod, value.and_then(|value| value.parse::<f64>().ok())) else {
            continue;
        };
        let used = used.entry(pod.to_owned()).or_default();
        match name {
            "container_cpu_cfs_periods_total" => used.periods += value,
            "container_cpu_cfs_throttled_periods_total" => used.periods_throttled += value,
            "container_cpu_usage_seconds_total" => used.seconds += value,
            "container_oom_events_total" => used.killed += value,
            "container_memory_working_set_bytes" => used.memory += value,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_apart_by_pod_and_namespace() {
        let line = |name: &str, pod: &str, namespace: &str, container: &str, value: &str| {
            format!(
                "{name}{{container=\"{container}\",namespace=\"{namespace}\",pod=\"{pod}\"}} {value} 1700000000000\n"
            )
        };
        let metrics = [
            line("container_cpu_cfs_periods_total", "coworking-1-a", "prod", "", "100"),
            line("container_cpu_cfs_periods_total", "coworking-1-a", "prod", "coworking", "100"),
            line("container_cpu_cfs_throttled_periods_total", "coworking-1-a", "prod", "", "30"),
            line("container_cpu_cfs_periods_total", "coworking-1-a", "dev", "", "900"),
            line("container_memory_working_set_bytes", "coworking-1-a", "prod", "", "6.5e+06"),
            line("container_memory_working_set_bytes", "coworking-1-b", "prod", "", "9e+06"),
        ];
        let mut used = BTreeMap::new();
        read(&metrics.concat(), "prod", &mut used);
        assert_eq!(used.len(), 2);
        let first = &used["coworking-1-a"];
        assert_eq!((first.periods, first.periods_throttled, first.memory), (100.0, 30.0, 6.5e6));
    }

    #[test]
    fn the_most_memory_is_kept_and_counts_go_on() {
        let mut used = Used { memory: 9e6, seconds: 1.0, ..Used::default() };
        used.grow(&Used { memory: 6e6, seconds: 2.0, ..Used::default() });
        assert_eq!(used, Used { memory: 9e6, seconds: 2.0, ..Used::default() });
    }
}
