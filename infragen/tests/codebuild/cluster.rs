//! The way back from a failed rollout, on a real cluster: `INFRAGEN_TEST_CLUSTER=1` with `KUBECONFIG` of one to break.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const RUNS: &str = "cluster.test/pause:1";
const IS_ABSENT: &str = "cluster.test/absent:1";
const NAMESPACE: &str = "infragen-roll-out";

fn objects(folder: &Path, text: &str, image: &str) {
    let pods = |app: &str| {
        format!(
            r#"selector: {{matchLabels: {{app: {app}}}}}
  template:
    metadata: {{labels: {{app: {app}}}, annotations: {{text: "{text}"}}}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{{name: main, image: "{image}", imagePullPolicy: Never}}]
"#
        )
    };
    let head = |group: &str, kind: &str, name: &str| {
        format!("apiVersion: {group}v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {NAMESPACE}}}\n")
    };
    fs::create_dir_all(folder).unwrap();
    for (file, object) in [
        ("00.yaml", format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {NAMESPACE}}}\n")),
        ("10.yaml", head("", "ConfigMap", "settings") + &format!("data: {{text: \"{text}\"}}\n")),
        ("20.yaml", head("apps/", "Deployment", "api") + "spec:\n  replicas: 2\n  " + &pods("api")),
        (
            "30.yaml",
            head("apps/", "StatefulSet", "database") + "spec:\n  serviceName: database\n  " + &pods("db"),
        ),
    ] {
        fs::write(folder.join(file), object).unwrap();
    }
}

fn roll_out(manifests: &Path, before: &Path, timeout: &str) -> Output {
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../codebuild/scripts/roll-out"))
        .arg(NAMESPACE)
        .args([manifests, before])
        .args([format!("statefulset/database={timeout}"), format!("deployment/api={timeout}")])
        .output()
        .unwrap()
}

fn kubectl(arguments: &[&str]) -> String {
    let output = Command::new("kubectl").args(arguments).output().unwrap();
    assert!(output.status.success(), "kubectl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_ran_before_a_failed_rollout_runs_again() {
    if std::env::var_os("INFRAGEN_TEST_CLUSTER").is_none() {
        eprintln!("skipped: INFRAGEN_TEST_CLUSTER is not set");
        return;
    }
    let folder = TempDir::new().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    objects(&old, "old", RUNS);
    objects(&new, "new", IS_ABSENT);
    kubectl(&["delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait"]);

    let first = roll_out(&old, &folder.path().join("nothing"), "60s");
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let second = roll_out(&new, &folder.path().join("before"), "8s");
    let told = String::from_utf8_lossy(&second.stdout);
    assert!(!second.status.success());
    assert!(
        told.contains("What ran before runs again."),
        "{told}{}",
        String::from_utf8_lossy(&second.stderr)
    );

    let text =
        ["get", "configmap", "settings", "--namespace", NAMESPACE, "--output", "jsonpath={.data.text}"];
    assert_eq!(kubectl(&text), "old");
    // Nothing is left to differ, and each workload has what it had.
    kubectl(&["diff", "--filename", &old.display().to_string()]);
    let ready = "jsonpath={range .items[*]}{.metadata.name}={.status.readyReplicas} {end}";
    let workloads =
        kubectl(&["get", "deployments,statefulsets", "--namespace", NAMESPACE, "--output", ready]);
    assert_eq!(workloads, "api=2 database=1 ");
    kubectl(&["delete", "namespace", NAMESPACE, "--wait=false"]);
}
