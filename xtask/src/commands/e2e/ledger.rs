//! What became of the service's Pods all this time: those that are gone tell nothing any more, so that it is written
//! down between the checks.

use std::collections::BTreeMap;

use super::environment::{Environment, name};
use super::used::Used;

/// All Pods that were seen, of every environment.
#[derive(Default)]
pub(super) struct Ledger {
    pods: BTreeMap<(&'static str, String), Seen>,
}

/// A Pod, as it was seen last.
#[derive(Clone, Default)]
struct Seen {
    limit: String,
    restarts: u64,
    /// Those of them that a check brings about.
    expected: u64,
    used: Used,
}

/// What was seen of all Pods of one environment.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) pods: usize,
    /// But for those that a check brought about.
    pub(super) restarts: u64,
    pub(super) killed: f64,
    pub(super) seconds: f64,
    /// Of the Pod that used most, in bytes.
    pub(super) memory: f64,
    /// What a Pod may use, as its container says.
    pub(super) limit: String,
    periods: f64,
    periods_throttled: f64,
}

impl Ledger {
    /// Writes down what is there now, but Pods of releases that are meant to fail.
    pub(super) fn look(&mut self, environments: &[&Environment<'_>]) -> anyhow::Result<()> {
        for environment in environments {
            let used = Used::of(environment.kubectl(), &environment.namespace)?;
            for pod in environment.all_pods()? {
                let container = &pod["spec"]["containers"][0];
                let image = container["image"].as_str().unwrap_or_default();
                if image.ends_with(super::stage::CRASHES) || image.ends_with(super::stage::SILENT) {
                    continue;
                }
                let seen = self.pods.entry((environment.name, name(&pod).to_owned())).or_default();
                let status = &pod["status"]["containerStatuses"][0];
                seen.restarts = seen.restarts.max(status["restartCount"].as_u64().unwrap_or_default());
                seen.limit = container["resources"]["limits"]["memory"].as_str().unwrap_or("none").to_owned();
                if let Some(used) = used.get(name(&pod)) {
                    seen.used.grow(used);
                }
                // The kernel counts them by cgroup, and a new container has a new one.
                if status["lastState"]["terminated"]["reason"] == "OOMKilled" {
                    seen.used.killed = seen.used.killed.max(1.0);
                }
            }
        }
        Ok(())
    }

    /// A check is about to kill the program of a Pod.
    pub(super) fn expect_restart(&mut self, environment: &Environment<'_>, pod: &str) {
        self.pods.entry((environment.name, pod.to_owned())).or_default().expected += 1;
    }

    /// What was seen of an environment.
    pub(super) fn sum(&self, environment: &Environment<'_>) -> Sum {
        self.sum_of(environment.name)
    }

    fn sum_of(&self, environment: &str) -> Sum {
        let mut sum = Sum::default();
        for (_, seen) in self.pods.iter().filter(|((name, _), _)| *name == environment) {
            sum.pods += 1;
            sum.restarts += seen.restarts.saturating_sub(seen.expected);
            sum.killed += seen.used.killed;
            sum.seconds += seen.used.seconds;
            sum.memory = sum.memory.max(seen.used.memory);
            sum.limit.clone_from(&seen.limit);
            sum.periods += seen.used.periods;
            sum.periods_throttled += seen.used.periods_throttled;
        }
        sum
    }
}

impl Sum {
    /// The part of the periods since then in which a Pod was throttled.
    pub(super) fn throttled(&self, before: &Self) -> f64 {
        let periods = self.periods - before.periods;
        if periods > 0.0 { (self.periods_throttled - before.periods_throttled) / periods } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_that_a_check_brought_about_is_none_of_its_own() {
        let sum = |restarts, expected| {
            let seen = Seen { restarts, expected, ..Seen::default() };
            let ledger = Ledger { pods: BTreeMap::from([(("prod", "a".to_owned()), seen)]) };
            ledger.sum_of("prod").restarts
        };
        assert_eq!([sum(0, 0), sum(1, 0), sum(1, 1), sum(2, 1)], [0, 1, 0, 1]);
    }

    #[test]
    fn throttling_is_told_of_the_time_between() {
        let before = Sum { periods: 100.0, periods_throttled: 90.0, ..Sum::default() };
        let after = Sum { periods: 200.0, periods_throttled: 120.0, ..Sum::default() };
        assert_eq!(after.throttled(&before), 0.3);
        assert_eq!(before.throttled(&before), 0.0);
    }
}
