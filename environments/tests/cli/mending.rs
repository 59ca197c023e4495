use crate::program::{Project, in_repository};

const BEFORE: &str = "\
# the front
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    imgae: example/web:1.2.0 # pinned
    env: [{name: PORT, value: 8080}]
";
const AFTER: &str = "\
# the front
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: example/web:1.2.0 # pinned
    securityContext:
      allowPrivilegeEscalation: false
    env: [{name: PORT, value: \"8080\"}]
";

#[test]
fn what_has_one_safe_mend_is_mended_once() {
    let project = Project::new();
    project.file("deploy/pod.yaml", BEFORE);
    let run = project.run(&["validate", "deploy", "--fix", "--output", "json"]);
    assert_eq!(run.errors, "mended 3 findings in 1 file\n");
    assert_eq!(run.code, 0, "{}", run.output);
    assert_eq!(project.read("deploy/pod.yaml"), AFTER);
    let left: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    assert!(left.as_array().unwrap().iter().all(|one| one["rule"] != "unknown-field"), "{left}");
    let run = project.run(&["validate", "deploy", "--fix", "--output", "json"]);
    assert_eq!((run.errors.as_str(), project.read("deploy/pod.yaml").as_str()), ("mended nothing\n", AFTER));
}

#[test]
fn a_diff_writes_nothing() {
    let project = Project::new();
    project.file("pod.yaml", BEFORE);
    let run = project.run(&["validate", "pod.yaml", "--fix", "--diff"]);
    run.fails(1, "3 findings in 1 file can be mended; nothing was written\n");
    for line in ["\n-    imgae: example/web:1.2.0 # pinned\n", "\n+    image: example/web:1.2.0 # pinned\n"] {
        assert!(run.output.contains(line), "{}", run.output);
    }
    assert_eq!(project.read("pod.yaml"), BEFORE);
    project.run(&["validate", "pod.yaml", "--diff"]).fails(2, "--fix");
}

#[test]
fn what_cannot_be_mended_is_left_as_it_is() {
    let project = Project::new();
    project.file("broken.yaml", "kind: Pod\nspec: [\n");
    let run = project.run(&["validate", "broken.yaml", "--fix"]);
    assert_eq!((run.code, run.errors.as_str()), (1, "mended nothing\n"));
    assert_eq!(project.read("broken.yaml"), "kind: Pod\nspec: [\n");
    let run = project.run_on(BEFORE.as_bytes(), &["validate", "-", "--fix"]);
    assert_eq!((run.code, run.errors.as_str()), (1, "mended nothing\n"), "standard input is no file");
    // Rendered files are the source's to mend.
    let run = in_repository(&["validate", "../../generated", "prod", "--fix"]);
    assert!(run.code == 0 && run.errors.starts_with("mended nothing\n"), "{}", run.errors);
}
