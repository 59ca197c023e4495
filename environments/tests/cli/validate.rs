use crate::program::{Project, in_repository};

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: nginx:latest
    resources: {requests: {cpu: 2}, limits: {cpu: 1, memory: 1Gi}}
";

#[test]
fn the_environments_and_what_is_committed_are_clean() {
    for sources in [&["validate"][..], &["validate", "../../generated/"], &["validate", "prod", "dev"]] {
        let run = in_repository(sources);
        assert_eq!(run.code, 0, "{}{}", run.output, run.errors);
        assert!(run.output.starts_with("no findings in "), "{}", run.output);
    }
}

#[test]
fn somebodys_manifest_is_told_with_its_place() {
    let project = Project::new();
    project.file("deploy/pod.yaml", POD);
    let run = project.run(&["validate", "deploy"]);
    assert_eq!(run.code, 1);
    assert!(run.output.contains("error[request-above-limit]"), "{}", run.output);
    assert!(run.output.contains("--> deploy/pod.yaml:8:"), "{}", run.output);
}

#[test]
fn the_least_severity_decides_the_exit_code() {
    let project = Project::new();
    let pod = POD.replace("{requests: {cpu: 2}, ", "{requests: {cpu: 1}, ");
    project.file("pod.yaml", &pod);
    assert_eq!(project.run(&["validate", "pod.yaml"]).code, 0);
    assert_eq!(project.run(&["validate", "pod.yaml", "--severity", "warning"]).code, 1);
    let select = ["validate", "pod.yaml", "--severity", "warning", "--select", "missing-memory-limit"];
    assert_eq!(project.run(&select).code, 0);
}

#[test]
fn other_yaml_is_named_and_passed_over_and_broken_yaml_is_an_error() {
    let project = Project::new();
    project.file("chart/values.yaml", "replicas: 3\n");
    let run = project.run(&["validate", "chart"]);
    assert_eq!(run.code, 0);
    assert!(run.errors.contains("passed over `chart/values.yaml`: no manifest"), "{}", run.errors);
    project.file("chart/broken.yaml", "a: [\n");
    let run = project.run(&["validate", "chart"]);
    assert_eq!(run.code, 1);
    assert!(run.output.contains("error[not-yaml]"), "{}", run.output);
}

#[test]
fn what_charts_and_kustomizations_are_made_of_is_passed_over_with_what_shows_the_whole() {
    let project = Project::new();
    project.file("web/Chart.yaml", "{apiVersion: v2, name: web, version: 1.0.0}\n");
    project.file("web/templates/pod.yaml", "kind: Pod\nmetadata: {name: {{ .Release.Name }}}\n");
    project.file("overlay/kustomization.yaml", "resources: [../base]\npatches: [{path: replicas.yaml}]\n");
    project.file("overlay/replicas.yaml", "kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n");
    let run = project.run(&["validate", "web", "overlay"]);
    assert_eq!(run.code, 0, "{}", run.output);
    for line in [
        "passed over `web/templates/pod.yaml`: a chart's template",
        "passed over `overlay/replicas.yaml`: what a kustomization makes something of",
        "`helm template web | infragen validate -`",
        "`kubectl kustomize overlay | infragen validate -`",
    ] {
        assert!(run.errors.contains(line), "{line}: {}", run.errors);
    }
}

#[test]
fn json_is_one_array_with_places() {
    let project = Project::new();
    project.file("pod.yaml", POD);
    let run = project.run(&["validate", "pod.yaml", "--output", "json", "--select", "request-above-limit"]);
    let found: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(found[0]["rule"], "request-above-limit");
    assert_eq!(found[0]["line"], 8);
    assert_eq!(found[0]["object"]["name"], "web");
}

#[test]
fn standard_input_is_read() {
    let run = Project::new().run_on(POD.as_bytes(), &["validate", "-"]);
    assert_eq!(run.code, 1);
    assert!(run.output.contains("--> <standard input>:8:"), "{}", run.output);
}

#[test]
fn what_is_neither_environment_nor_file_names_the_nearest() {
    let run = in_repository(&["validate", "prdo"]);
    run.fails(2, "did you mean `prod`?");
    in_repository(&["validate", "prod", "--ignore", "latest-image"])
        .fails(2, "did you mean `latest-image-tag`?");
    in_repository(&["validate", "prod", "--kubernetes-version", "v1.34"]).fails(2, "1.34");
}

#[test]
fn no_report_shows_a_secret() {
    let project = Project::new();
    project.file(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n    imgae: a:1\n    env:\n    \
         - {name: DB_PASSWORD, value: correct-horse-42, valu: a}\n    - {value: 424242424242, name: API_TOKEN}\n---\n\
         apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {\"bad key\": correct-horse-42, pin: 424242424242}\n\
         data: {a: correct-horse-42}\n",
    );
    for output in ["human", "json", "sarif", "junit", "github"] {
        let run = project.run(&["validate", "pod.yaml", "--output", output]);
        for rule in ["literal-secret", "wrong-type", "malformed-value", "unknown-field"] {
            assert!(run.output.contains(rule), "{}", run.output);
        }
        assert!(!run.output.contains("correct-horse") && !run.output.contains("4242"), "{}", run.output);
    }
    let run = project.run(&["validate", "pod.yaml", "--fix", "--diff"]);
    assert!(run.output.contains("image: a:1") && run.output.contains("•••"), "{}", run.output);
    assert!(!run.output.contains("correct-horse") && !run.output.contains("4242"), "{}", run.output);
}

#[test]
fn every_pod_is_held_to_the_level_that_is_asked_for() {
    let project = Project::new();
    project.file(
        "pod.yaml",
        &POD.replace("requests: {cpu: 2}, ", "")
            .replace("  containers:", "  hostNetwork: true\n  containers:"),
    );
    let refused = |arguments: &[&str]| {
        let run = project.run(&[&["validate", "pod.yaml", "--output", "github"], arguments].concat());
        let errors = run.output.lines().filter(|line| line.starts_with("::error"));
        let rules = errors.filter_map(|line| line.split("title=").nth(1)?.split("::").next());
        (run.code, rules.map(str::to_owned).collect::<Vec<_>>())
    };
    assert_eq!(refused(&[]), (0, vec![]));
    assert_eq!(refused(&["--pod-security", "privileged"]), (0, vec![]));
    assert_eq!(refused(&["--pod-security", "baseline"]), (1, vec!["host-namespace-shared".to_owned()]));
    let (code, rules) = refused(&["--pod-security", "restricted"]);
    assert!(code == 1 && rules.contains(&"privilege-escalation-allowed".to_owned()), "{rules:?}");
    project
        .run(&["validate", "--pod-security", "strict"])
        .fails(2, "[possible values: privileged, baseline, restricted]");
}

#[test]
fn the_version_decides_which_policy_a_level_means() {
    let project = Project::new();
    let probe = "    livenessProbe: {tcpSocket: {port: 80, host: 10.0.0.1}}\n";
    project.file("pod.yaml", &format!("{}{probe}", POD.replace("requests: {cpu: 2}, ", "")));
    let code = |versions: &str| {
        let level = ["validate", "pod.yaml", "--pod-security", "baseline", "--kubernetes-version", versions];
        project.run(&level).code
    };
    assert_eq!((code("1.33"), code("1.34"), code("1.33,1.34")), (0, 1, 1));
}

#[test]
fn the_project_says_what_to_look_for_and_an_argument_says_otherwise() {
    let project = Project::new();
    project.file("pod.yaml", &POD.replace("requests: {cpu: 2}, ", ""));
    let rules = |arguments: &[&str]| {
        let run = project.run(&[&["validate", "pod.yaml", "--output", "json"], arguments].concat());
        assert_eq!(run.errors, "");
        let found: Vec<serde_json::Value> = serde_json::from_str(&run.output).unwrap();
        let rule = |one: &serde_json::Value| format!("{} {}", one["severity"], one["rule"]).replace('"', "");
        (run.code, found.iter().map(rule).collect::<Vec<_>>())
    };
    project.file(
        "infragen.toml",
        "[validate]\nselect = ['latest-image-tag', 'naked-pod']\nignore = 'naked-pod'\n",
    );
    assert_eq!(rules(&[]), (0, vec!["warning latest-image-tag".to_owned()]));
    assert_eq!(rules(&["--ignore", "latest-image-tag"]), (0, vec!["info naked-pod".to_owned()]));
    project.file("infragen.toml", "[validate]\nselect = ['latest-image-tag']\nseverity = 'warning'\n");
    assert_eq!(rules(&[]).0, 1);
    assert_eq!(rules(&["--severity", "error"]).0, 0);
    project.file(
        "infragen.toml",
        "[validate]\nselect = ['latest-image-tag']\nseverities = {latest-image-tag = 'error'}\n",
    );
    assert_eq!(rules(&[]), (1, vec!["error latest-image-tag".to_owned()]));
    project.file("infragen.toml", "[validate]\npod-security = 'baseline'\nkubernetes-version = ['1.34']\n");
    assert_eq!(rules(&[]).0, 0);
    assert_eq!(rules(&["--pod-security", "restricted"]).0, 1);
}

#[test]
fn what_the_project_says_wrongly_is_told_with_its_line() {
    let project = Project::new();
    for (text, expected) in [
        (
            "[validate]\n\nignor = []\n",
            "infragen.toml:3: unknown key `validate.ignor`: did you mean `validate.ignore`?",
        ),
        (
            "[validate]\nignore = ['latest-image']\n",
            "infragen.toml:2: there is no rule `latest-image`; did you mean `latest-image-tag`?",
        ),
        ("[validate]\nseverities.a = 'error'\n", "infragen.toml:2: there is no rule `a`"),
        ("[validate]\ncrds = ['nowhere']\n", "cannot read `nowhere`"),
    ] {
        project.file("infragen.toml", text);
        project.run(&["validate", "."]).fails(2, expected);
    }
}

#[test]
fn what_is_applied_says_which_fields_are_fixed() {
    let project = Project::new();
    let claim = |class: &str| {
        format!(
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: files, namespace: shop}}\n\
             spec: {{accessModes: [ReadWriteOnce], storageClassName: {class}, resources: {{requests: {{storage: 1Gi}}}}}}\n"
        )
    };
    project.file("applied/claim.yaml", &claim("gp2"));
    let run = |class: &str| {
        project.file("new/claim.yaml", &claim(class));
        project.run(&["validate", "new", "--applied", "applied", "--output", "github"])
    };
    assert_eq!(run("gp2").succeeds(), "");
    let told = run("gp3");
    let expected = "`spec.storageClassName` is not what is applied, and can never change";
    assert!(told.code == 1 && told.output.contains(expected), "{}", told.output);
    let told = project.run(&["validate", "new", "--applied", "nowhere"]);
    assert!(told.code == 2 && told.errors.contains("nowhere"), "{}", told.errors);
}
