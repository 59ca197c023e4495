//! What the limits that are asked for are worth: restarts, kills, throttling, and what was really used.

use std::thread;
use std::time::Duration;

use super::deployed::asker;
use super::environment::Environment;
use super::stage::Stage;
use super::steady::Steady;
use crate::console::time;
use crate::figures::{Figures, megabytes};

/// How long clients ask steadily.
const STEADY: Duration = Duration::from_secs(20);
/// The part of periods in which a usual alarm calls a container throttled.
const ALARM: f64 = 0.25;

/// A steady load on production: no throttling.
pub(super) fn steady(stage: &Stage<'_>, prod: &Environment<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let before = Used::of(stage, prod)?;
    let clients = Steady::begin(stage, asker(prod), &prod.url("/api/reports/daily_usage"), 20)?;
    // Nothing to wait for: this is how long it is measured.
    thread::sleep(STEADY);
    let seen = clients.end()?;
    let after = Used::of(stage, prod)?;
    let throttled = after.throttled(&before);
    let told = format!(
        "throttled in {:.1}% of periods; {} CPU seconds in {}; {}; p99 {}",
        throttled * 100.0,
        format_args!("{:.1}", after.seconds - before.seconds),
        time(STEADY),
        seen.failures(),
        time(seen.p99())
    );
    figures.check("prod: steady load within its limits", told, throttled < ALARM && seen.failed == 0);
    Ok(())
}

/// After everything: no restart and no kill for want of memory.
pub(super) fn check(
    stage: &Stage<'_>,
    environments: &[&Environment<'_>],
    figures: &mut Figures,
) -> anyhow::Result<()> {
    for environment in environments {
        let mut restarts = 0;
        let mut limit = String::new();
        for pod in environment.pods()? {
            restarts += pod["status"]["containerStatuses"][0]["restartCount"].as_u64().unwrap_or_default();
            limit = pod["spec"]["containers"][0]["resources"]["limits"]["memory"]
                .as_str()
                .unwrap_or("none")
                .to_owned();
        }
        let used = Used::of(stage, environment)?;
        let told = format!(
            "{restarts} restarts, {} kills for want of memory; the most that a Pod uses is {} of {limit}",
            used.killed,
            megabytes(used.memory)
        );
        figures.check(
            format!("{}: at its limits, all this time", environment.name),
            told,
            restarts == 0 && used.killed == 0.0,
        );
    }
    Ok(())
}

/// What the kubelet counted of an environment's service.
#[derive(Debug, Default)]
struct Used {
    periods: f64,
    periods_throttled: f64,
    seconds: f64,
    killed: f64,
    /// Of the Pod that uses most, in bytes.
    memory: f64,
}

impl Used {
    fn of(stage: &Stage<'_>, environment: &Environment<'_>) -> anyhow::Result<Self> {
        let mut used = Self::default();
        let nodes = stage.kubectl().json(&["get", "nodes"])?;
        for node in nodes["items"].as_array().into_iter().flatten() {
            let path = format!("/api/v1/nodes/{}/proxy/metrics/cadvisor", super::environment::name(node));
            used.add(&stage.kubectl().text(&["get", "--raw", &path])?, &environment.namespace);
        }
        Ok(used)
    }

    fn add(&mut self, metrics: &str, namespace: &str) {
        // By Pod, as every runtime tells it; by container some do not.
        let namespace = format!("namespace=\"{namespace}\"");
        let ours = |line: &&str| {
            line.contains(&namespace)
                && line.contains("container=\"\"")
                && line.contains("pod=\"coworking-")
                && !line.contains("pod=\"coworking-migrate-")
                && !line.contains("pod=\"coworking-database-")
        };
        for line in metrics.lines().filter(ours) {
            let name = line.split('{').next().unwrap_or_default();
            let value = line.rsplit_once('}').and_then(|(_, rest)| rest.split_whitespace().next());
            let value: f64 = value.and_then(|value| value.parse().ok()).unwrap_or_default();
            match name {
                "container_cpu_cfs_periods_total" => self.periods += value,
                "container_cpu_cfs_throttled_periods_total" => self.periods_throttled += value,
                "container_cpu_usage_seconds_total" => self.seconds += value,
                "container_oom_events_total" => self.killed += value,
                "container_memory_working_set_bytes" => self.memory = self.memory.max(value),
                _ => {}
            }
        }
    }

    /// The part of the periods since then in which it was throttled.
    fn throttled(&self, before: &Self) -> f64 {
        let periods = self.periods - before.periods;
        if periods > 0.0 { (self.periods_throttled - before.periods_throttled) / periods } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_services_own_figures_count() {
        let line = |name: &str, pod: &str, namespace: &str, value: &str| {
            format!(
                "{name}{{container=\"\",namespace=\"{namespace}\",pod=\"{pod}\"}} {value} 1700000000000\n"
            )
        };
        let metrics = [
            line("container_cpu_cfs_periods_total", "coworking-1-a", "prod", "100"),
            line("container_cpu_cfs_throttled_periods_total", "coworking-1-a", "prod", "30"),
            line("container_cpu_cfs_periods_total", "coworking-1-a", "dev", "900"),
            line("container_memory_working_set_bytes", "coworking-1-a", "prod", "6.5e+06"),
            line("container_memory_working_set_bytes", "coworking-migrate-1", "prod", "9e+06"),
        ];
        let mut used = Used::default();
        used.add(&metrics.concat(), "prod");
        assert_eq!(used.throttled(&Used::default()), 0.3);
        assert_eq!(used.memory, 6.5e6);
    }
}
