use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Source, Validated, validate};
use crate::bundle::{Bundle, Place};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Options, lint};
use crate::read::{self, NoManifest};

const POD: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, imag: b}]}\n";

fn source(name: PathBuf) -> Source {
    Source { name, bytes: None, world: 0 }
}

fn validated(names: impl IntoIterator<Item = PathBuf>) -> Validated {
    let sources: Vec<Source> = names.into_iter().map(source).collect();
    validate(&sources, vec![Bundle::default()], &Options::default(), &|_| {})
}

#[test]
fn each_file_is_looked_at_or_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("pod.yaml"), POD).unwrap();
    fs::write(at("values.yaml"), "replicas: 3\n").unwrap();
    fs::write(at("empty.yaml"), "# nothing\n").unwrap();
    fs::write(at("broken.yaml"), format!("{POD}---\na: [\n")).unwrap();
    let names = ["pod.yaml", "values.yaml", "empty.yaml", "broken.yaml", "gone.yaml"];
    let sources: Vec<Source> = names.iter().map(|name| source(at(name))).collect();
    let seen = AtomicUsize::new(0);
    let done = |_: &Path| _ = seen.fetch_add(1, Ordering::Relaxed);
    let found = validate(&sources, vec![Bundle::default()], &Options::default(), &done);
    assert_eq!(seen.into_inner(), names.len());
    assert_eq!(found.passed_over, [(at("values.yaml"), NoManifest::Other)]);
    assert_eq!(found.unreadable.len(), 1);
    assert_eq!(found.unreadable[0].to_string(), format!("cannot read `{}`", at("gone.yaml").display()));
    assert_eq!(found.reports[0].objects, 1, "nothing of a broken file is looked at");
    let not_yaml: Vec<_> = found.reports[0]
        .diagnostics
        .iter()
        .filter(|one| one.rule == "not-yaml")
        .map(|one| &one.file)
        .collect();
    assert_eq!(not_yaml, [&at("broken.yaml")]);
}

#[test]
fn the_patches_of_a_kustomization_are_no_manifests() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("prod")).unwrap();
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n";
    let names = ["patch.yaml", "prod/kustomization.yaml", "prod/replicas.yaml", "web.yaml"];
    for name in names {
        fs::write(at(name), deployment).unwrap();
    }
    let kustomization = "kind: Kustomization\npatches: [{path: ./replicas.yaml}, {path: ../patch.yaml}]\n";
    fs::write(at(names[1]), kustomization).unwrap();
    let found = validated(names.map(at));
    assert_eq!(found.reports[0].objects, 1);
    let patch = || NoManifest::Ingredient { kustomization: at("prod") };
    let expected = [(at(names[0]), patch()), (at(names[1]), NoManifest::Other), (at(names[2]), patch())];
    assert_eq!(found.passed_over, expected);
}

#[test]
fn what_a_resource_of_a_kustomization_lacks_is_no_error_before_it_is_put_together() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n\
        spec: {template: {spec: {containers: [{name: a, imag: b}]}}}\n---\n\
        apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: web}\n\
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n\
        subjects: [{kind: ServiceAccount, name: web}]\n";
    let names = ["kustomization.yaml", "web.yaml", "other.yaml"];
    fs::write(at(names[0]), "resources: [web.yaml]\nnamespace: web\n").unwrap();
    for name in &names[1..] {
        fs::write(at(name), deployment).unwrap();
    }
    let errors = |options: &Options| -> Vec<(&str, String)> {
        let sources: Vec<Source> = names.iter().map(|name| source(at(name))).collect();
        let found = validate(&sources, vec![Bundle::default()], options, &|_| {}).reports.remove(0);
        let of_web = found.diagnostics.iter().filter(|one| one.file == at("web.yaml"));
        let errors = of_web.filter(|one| one.severity == Severity::Error);
        errors.map(|one| (one.rule, one.path.to_string())).collect()
    };
    assert_eq!(
        errors(&Options::default()),
        [("unknown-field", "spec.template.spec.containers[0].imag".to_owned())]
    );
    let severities = [("missing-required-field".to_owned(), Severity::Error)].into_iter().collect();
    let asked = errors(&Options { severities, ..Options::default() });
    assert!(asked.contains(&("missing-required-field", "spec.selector".to_owned())), "{asked:?}");
    let found = validated([at(names[2])]).reports.remove(0);
    let rules: Vec<&str> = found.diagnostics.iter().map(|one| one.rule).collect();
    for rule in ["missing-required-field", "missing-required-value", "contradictory-subject"] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
}

#[test]
fn templates_are_passed_over_in_a_chart_and_broken_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let names = ["chart/Chart.yaml", "chart/templates/pod.yaml", "chart/values.yaml", "plain/pod.yaml"];
    fs::create_dir_all(at("chart/templates")).unwrap();
    fs::create_dir_all(at("plain")).unwrap();
    fs::write(at(names[0]), "{apiVersion: v2, name: web, version: 1.0.0}").unwrap();
    fs::write(at(names[2]), "kind: DaemonSet\n").unwrap();
    for name in [names[1], names[3]] {
        fs::write(at(name), "kind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n").unwrap();
    }
    let found = validated(names.map(at));
    let template = NoManifest::Template { chart: at("chart") };
    let expected =
        [(at(names[0]), NoManifest::Other), (at(names[1]), template), (at(names[2]), NoManifest::Other)];
    assert_eq!(found.passed_over, expected);
    let told: Vec<_> =
        found.reports[0].diagnostics.iter().map(|one| (one.rule, &one.file, one.help.as_str())).collect();
    let help = "this seems to be a template: render it, and pipe what comes of it into `infragen validate -`";
    assert_eq!(told, [("not-yaml", &at(names[3]), help)]);
}

#[test]
fn the_report_is_the_same_however_many_threads_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let pods = |file: usize| {
        let pod = |pod: usize| format!("{}---\n", POD.replace("name: p}", &format!("name: p{file}-{pod}}}")));
        (0..70).map(pod).collect::<String>()
    };
    for file in 0..70 {
        fs::write(folder.path().join(format!("{file}.yaml")), pods(file)).unwrap();
    }
    let told = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let files = (0..70).map(|file| folder.path().join(format!("{file}.yaml")));
        let report = pool.install(|| validated(files)).reports.remove(0);
        assert_eq!(report.objects, 70 * 70);
        report.diagnostics.iter().map(|one| format!("{one:?}")).collect::<Vec<_>>()
    };
    let one = told(1);
    assert!(one.len() >= 70 * 70);
    assert!(one == told(4), "four threads tell it otherwise");
}

#[test]
fn an_object_is_held_to_the_whole_of_a_definition_that_stands_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (object, definition) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
    let long = "x".repeat(400);
    let schema = format!(
        "{{type: object, properties: {{spec: {{type: object, properties: {{a: {{type: string, maxLength: 300, enum: [{long}, b]}}}}}}, \
         status: {{type: object}}}}}}"
    );
    fs::write(
        &definition,
        format!(
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: tills.example.com}}\n\
             spec:\n  group: example.com\n  scope: Cluster\n  names: {{kind: Till, plural: tills}}\n  versions:\n  \
             - {{name: v1, served: true, storage: true, schema: {{openAPIV3Schema: {schema}}}}}\n"
        ),
    )
    .unwrap();
    let till = format!(
        "apiVersion: example.com/v1\nkind: Till\nmetadata: {{name: a}}\nspec: {{a: {long}}}\nstatus: {{z: 1}}\n"
    );
    fs::write(&object, till).unwrap();
    let found = validated([object, definition]).reports.remove(0);
    let found: Vec<_> = found.diagnostics.iter().map(|one| (one.rule, one.path.to_string())).collect();
    let expected = [("definition-limit-violated", "spec.a"), ("unknown-field", "status.z")];
    assert_eq!(
        found,
        expected.map(|(rule, path)| (rule, path.to_owned())),
        "too long, though it is one of the enum"
    );
}

/// Two files whose mistakes show only beside others, or are mended in their text.
fn telling(folder: &Path) -> [PathBuf; 2] {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  serviceAccountName: nobody\n  \
               containers:\n  - name: a\n    image: b\n";
    let list = "kind: Service\napiVersion: v1\nmetadata: {name: s}\nspec: {selector: {app: gone}}\n---\n\
                kind: List\napiVersion: v1\nitems:\n- kind: Secret\n  apiVersion: v1\n  metadata: {name: t}\n  \
                type: kubernetes.io/tls\n  data: {tls.crt: aGlkZGVu}\n- kind: Ingress\n  \
                apiVersion: networking.k8s.io/v1\n  metadata: {name: i}\n  spec:\n    defaultBackend:\n      \
                service: {name: none, port: {number: 80}}\n---\n\
                apiVersion: example.com/v1\nkind: Till\nmetadata: {name: t}\nspec:\n  sise: 1\n---\n\
                apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
                metadata: {name: tills.example.com}\nspec:\n  group: example.com\n  scope: Cluster\n  \
                names: {kind: Till, plural: tills}\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    \
                schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}\n";
    let paths = [folder.join("a.yaml"), folder.join("é.yaml")];
    fs::write(&paths[0], format!("{pod}---\n# é\n{}", pod.replace("name: a", "name: z"))).unwrap();
    fs::write(&paths[1], list).unwrap();
    paths
}

fn told(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|one| format!("{one:?}")).collect()
}

#[test]
fn what_is_found_in_the_end_has_place_line_and_fix_as_if_all_had_been_kept() {
    let folder = tempfile::tempdir().unwrap();
    let paths = telling(folder.path());
    let documents =
        paths.iter().flat_map(|path| read::file(path, &fs::read(path).unwrap()).unwrap().documents);
    let whole = Bundle { documents: documents.collect(), ..Bundle::default() };
    let whole = lint(&whole, &Options::default()).diagnostics;
    assert!(whole.iter().any(|one| one.rule == "dangling-service-account" && one.excerpt.is_some()));
    for rule in ["privilege-escalation-allowed", "unknown-field"] {
        assert!(whole.iter().any(|one| one.rule == rule && one.fix.is_some()), "{rule}");
    }
    let found = validated(paths).reports.remove(0).diagnostics;
    assert_eq!(told(&found), told(&whole));
}

#[test]
fn a_file_that_changes_in_between_is_not_pointed_into() {
    let folder = tempfile::tempdir().unwrap();
    let [path, _] = telling(folder.path());
    let sources = [source(path)];
    let changed = |path: &Path| fs::write(path, "a: [").unwrap();
    let report = validate(&sources, vec![Bundle::default()], &Options::default(), &changed).reports.remove(0);
    let of = |rule| report.diagnostics.iter().find(|one| one.rule == rule).unwrap();
    let found = of("dangling-service-account");
    assert_eq!((&found.place, &found.excerpt, &found.fix), (&None, &None, &None));
    assert!(found.help.ends_with("; its file has changed since it was read, so the line is not told"));
    assert!(of("missing-memory-limit").place.is_some(), "that was found before");
}

#[test]
fn what_can_be_read_but_once_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let [path, _] = telling(folder.path());
    let pipe = folder.path().join("pipe.yaml");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, fs::read(path).unwrap()).unwrap()
    });
    let report = validated([pipe]).reports.remove(0);
    writer.join().unwrap();
    let found = report.diagnostics.iter().find(|one| one.rule == "dangling-service-account").unwrap();
    assert_eq!(found.place, Some(Place::Yaml { line: 6, column: 23 }));
}
