//! Pods that an environment's namespace must refuse.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use serde_json::{Value, json};

use super::kubectl::Kubectl;

/// A Pod that Pod Security `restricted` takes, with these containers.
fn pod(containers: &Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "tried"},
        "spec": {
            "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": containers,
        },
    })
}

/// A container that Pod Security `restricted` takes.
fn container(name: &str) -> Value {
    json!({
        "name": name,
        "image": "example.com/tried:1.0.0",
        "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}},
    })
}

/// Tries a Pod that is fine but for a privileged container.
pub(in crate::commands) fn privileged(kubectl: &Kubectl, namespace: &str) -> anyhow::Result<String> {
    let mut one = container("tried");
    one["securityContext"] = json!({"privileged": true});
    let answer = refusal(kubectl, namespace, &pod(&json!([one])))?;
    ensure!(answer.contains(r#"violates PodSecurity "restricted:"#), "not refused by Pod Security: {answer}");
    Ok("refused by PodSecurity".to_owned())
}

/// Tries a Pod that is fine but for asking, in all its containers together, for more than the quota has.
pub(in crate::commands) fn over_quota(
    kubectl: &Kubectl,
    namespace: &str,
    quota: &str,
) -> anyhow::Result<String> {
    counted(kubectl, namespace, quota)?;
    let ranges = kubectl.json(&["get", "limitrange", "--namespace", namespace])?;
    let most = &ranges["items"][0]["spec"]["limits"][0]["max"];
    let memory = most["memory"].as_str().unwrap_or("1Ti");
    let cpu = most["cpu"].as_str().unwrap_or("100");
    let resources =
        json!({"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": cpu, "memory": memory}});
    let containers = (0..200).map(|number| {
        let mut one = container(&format!("tried-{number}"));
        one["resources"] = resources.clone();
        one
    });
    let answer = refusal(kubectl, namespace, &pod(&containers.collect()))?;
    ensure!(answer.contains(&format!("exceeded quota: {quota}")), "not refused by the quota: {answer}");
    Ok("refused by the quota".to_owned())
}

/// Waits until the controller has counted what is there: before that, the server refuses everything.
fn counted(kubectl: &Kubectl, namespace: &str, quota: &str) -> anyhow::Result<()> {
    let end = Instant::now() + Duration::from_secs(30);
    while kubectl.json(&["get", "resourcequota", quota, "--namespace", namespace])?["status"]["hard"]
        .is_null()
    {
        ensure!(Instant::now() < end, "the quota is not counted after 30 s");
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

/// What the server says against a Pod that it must not take.
fn refusal(kubectl: &Kubectl, namespace: &str, pod: &Value) -> anyhow::Result<String> {
    let arguments = ["create", "--dry-run=server", "--namespace", namespace, "--filename=-"];
    let output = kubectl.ask(&arguments, &pod.to_string())?;
    if output.status.success() {
        bail!(
            "the server took a Pod that it must refuse: {}",
            String::from_utf8_lossy(&output.stdout).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}
