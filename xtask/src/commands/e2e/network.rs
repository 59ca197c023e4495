//! Network policies: each declared path is open, and every other tried pair is shut.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::environment::{Environment, name};
use super::stage::{INSIDE, NAMESPACE, Stage, until};
use crate::console::time;
use crate::figures::Figures;

/// Tries every address at once; 124 is what `timeout` says of one that does not answer at all.
const TRY: &str = r#"for target; do
    (timeout 1.5 bash -c "exec 3<>/dev/tcp/${target%:*}/${target#*:}" 2>/dev/null; echo "$target $?") &
done; wait"#;

/// The pairs that are declared: who reaches what.
const OPEN: [(&str, &str); 12] = [
    ("app", "database"),
    ("app", "dns"),
    ("backup", "database"),
    ("backup", "dns"),
    ("migration", "database"),
    ("migration", "dns"),
    ("prod's app", "prod's database"),
    ("prod's app", "dns"),
    // Nobody restricts them: they are outside of every environment. Dev is open to whoever reaches its Service.
    ("outsider", "app"),
    ("outsider", "dns"),
    ("outsider", "API server"),
    ("outsider", "prod's database"),
];

/// Tries all pairs.
pub(super) fn check(
    stage: &Stage<'_>,
    dev: &Environment<'_>,
    prod: Option<&Environment<'_>>,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let people = people(dev)?;
    let list = json!({"apiVersion": "v1", "kind": "List", "items": people.iter().map(|(who, labels)| pod(stage, who, labels)).collect::<Vec<_>>()});
    dev.says(&["apply", "--filename=-"], &list.to_string())?;
    let names: Vec<String> = people.iter().map(|(who, _)| format!("pod/e2e-{who}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    dev.text(&[&["wait", "--for=condition=Ready", "--timeout=60s"], &names[..]].concat())?;

    let targets = targets(stage, dev, prod)?;
    let addresses: Vec<&str> = targets.iter().map(|(_, address)| address.as_str()).collect();
    // A new Pod is open until the policies are read again.
    let others = targets.iter().filter(|(target, _)| *target != "stranger");
    let others: Vec<&str> = others.map(|(_, address)| address.as_str()).collect();
    let settled = until("a stranger is shut out", 20, || {
        Ok(!tried(&said_in(dev, "e2e-stranger", &others)?).values().any(|open| *open))
    })?;
    let mut wrong = Vec::new();
    let mut counts = (0, 0);
    let prods = prod.map(|_| "prod's app");
    for who in ["app", "database", "backup", "migration", "stranger", "outsider"].into_iter().chain(prods) {
        let said = match (who, prod) {
            ("app", _) => entered(stage, dev, &addresses)?,
            ("prod's app", Some(prod)) => entered(stage, prod, &addresses)?,
            ("database", _) => said_in(dev, "coworking-database-0", &addresses)?,
            ("outsider", _) => {
                stage.client(INSIDE, &[&["bash", "-c", TRY, "try"], &addresses[..]].concat())?
            }
            (who, _) => said_in(dev, &format!("e2e-{who}"), &addresses)?,
        };
        let tried = tried(&said);
        ensure!(
            tried.len() == targets.len(),
            "{who} tried {} of {} addresses: {said}",
            tried.len(),
            targets.len()
        );
        for (target, address) in &targets {
            if who == *target {
                continue;
            }
            let open = tried.get(address).copied().unwrap_or_default();
            let expected = OPEN.contains(&(who, *target));
            if expected {
                counts.0 += 1
            } else {
                counts.1 += 1
            }
            if open != expected {
                wrong.push(format!("{who} to {target} is {}", if open { "open" } else { "shut" }));
            }
        }
    }
    dev.text(&[&["delete", "--wait=false"], &names[..]].concat())?;
    let (open, shut) = counts;
    let seen = if wrong.is_empty() {
        format!("{open} declared pairs open, {shut} others shut; a new Pod after {}", time(settled))
    } else {
        wrong.join("; ")
    };
    figures.check("network policies, pair by pair", seen, wrong.is_empty());
    Ok(())
}

/// Pods that stand for those that run only now and then, with their labels, and one that has none.
fn people(dev: &Environment<'_>) -> anyhow::Result<Vec<(&'static str, Value)>> {
    let labels = |template: &Value| template["metadata"]["labels"].clone();
    let job = dev.of_kind("Job").next().context("dev has no migration")?;
    let backup = dev.of_kind("CronJob").next().context("dev has no backup")?;
    Ok(vec![
        ("backup", labels(&backup["spec"]["jobTemplate"]["spec"]["template"])),
        ("migration", labels(&job["spec"]["template"])),
        ("stranger", json!({"role": "stranger"})),
    ])
}

fn pod(stage: &Stage<'_>, who: &str, labels: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": format!("e2e-{who}"), "labels": labels},
        "spec": {
            "automountServiceAccountToken": false,
            "terminationGracePeriodSeconds": 1,
            "securityContext": {"runAsNonRoot": true, "runAsUser": 999, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [{
                "name": "tools", "image": stage.tools, "imagePullPolicy": "IfNotPresent", "command": ["sleep", "3600"],
                "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}, "limits": {"memory": "64Mi"}},
                "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}},
            }],
        },
    })
}

/// What is tried, each with its address.
fn targets(
    stage: &Stage<'_>,
    dev: &Environment<'_>,
    prod: Option<&Environment<'_>>,
) -> anyhow::Result<Vec<(&'static str, String)>> {
    let address = |namespace: &str, pod: &str| -> anyhow::Result<String> {
        let pod = stage.kubectl().json(&["get", "pod", "--namespace", namespace, pod])?;
        pod["status"]["podIP"].as_str().map(str::to_owned).context("a Pod has no address")
    };
    let dns = stage.kubectl().json(&["get", "service", "kube-dns", "--namespace=kube-system"])?;
    let dns = dns["spec"]["clusterIP"].as_str().context("the cluster has no DNS")?;
    let server = stage.kubectl().json(&[
        "get",
        "endpointslices",
        "--namespace=default",
        "--selector=kubernetes.io/service-name=kubernetes",
    ])?;
    let server = server["items"][0]["endpoints"][0]["addresses"][0].as_str().context("no API server")?;
    let mut targets = vec![
        ("app", format!("{}:5153", address(&dev.namespace, &pod_of(dev)?)?)),
        ("database", format!("{}:5432", address(&dev.namespace, "coworking-database-0")?)),
        ("stranger", format!("{}:8080", address(&dev.namespace, "e2e-stranger")?)),
        ("outsider", format!("{}:8080", address(NAMESPACE, INSIDE)?)),
        ("dns", format!("{dns}:53")),
        ("API server", format!("{server}:6443")),
    ];
    if let Some(prod) = prod {
        let host = prod.of_kind("ConfigMap").find_map(|map| map["data"]["DB_HOST"].as_str());
        let host = host.context("prod has no database")?;
        let look_up = "import socket, sys; print(socket.gethostbyname(sys.argv[1]))";
        let database = stage.client(INSIDE, &["python3", "-c", look_up, host])?;
        targets.push(("prod's app", format!("{}:5153", address(&prod.namespace, &pod_of(prod)?)?)));
        targets.push(("prod's database", format!("{database}:5432")));
    }
    Ok(targets)
}

fn pod_of(environment: &Environment<'_>) -> anyhow::Result<String> {
    let pods = environment.pods()?;
    Ok(name(pods.last().context("the service has no Pod")?).to_owned())
}

fn said_in(environment: &Environment<'_>, pod: &str, addresses: &[&str]) -> anyhow::Result<String> {
    environment.text(&[&["exec", pod, "--", "bash", "-c", TRY, "try"], addresses].concat())
}

/// The service's image holds no program to try with.
fn entered(stage: &Stage<'_>, environment: &Environment<'_>, addresses: &[&str]) -> anyhow::Result<String> {
    let words = [&["bash", "-c", TRY, "try"], addresses].concat();
    stage.cluster.enter(&environment.namespace, &pod_of(environment)?, &stage.tools, &words)
}

/// What was tried, and whether it was reached; a port where nobody listens was reached too.
fn tried(said: &str) -> BTreeMap<String, bool> {
    let lines = said.lines().filter_map(|line| line.split_once(' '));
    lines.map(|(address, status)| (address.to_owned(), status.trim() != "124")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_shut_and_a_refusal_is_not() {
        let seen = tried("10.0.0.1:80 124\n10.0.0.2:80 1\n10.0.0.3:80 0\n");
        assert_eq!(seen.into_values().collect::<Vec<_>>(), [false, true, true]);
    }
}
