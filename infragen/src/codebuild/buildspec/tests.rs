//! The whole grammar, written out once, as the documentation has it.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::*;

fn names<T>(entries: impl IntoIterator<Item = (&'static str, T)>) -> BTreeMap<String, T> {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn with_everything() -> Buildspec {
    let variable = |name: &str| BuildVariable::try_from(name).unwrap();
    let mut phase = Phase::new(List::of(["make"]));
    phase.run_as = Some("builder".to_owned());
    phase.on_failure = Some(OnFailure::Abort);
    phase.finally = Some(List::of(["make clean"]));
    let install = Install {
        on_failure: Some(OnFailure::Continue),
        runtime_versions: names([("golang", "1.22".to_owned())]),
        ..Install::default()
    };
    let mut files = ArtifactFiles::new(List::of(["**/*"]));
    files.name = Some("build-$(date +%Y-%m-%d)".to_owned());
    files.discard_paths = true;
    files.base_directory = Some("target".to_owned());
    files.exclude_paths = Some(List::of(["tmp/**"]));
    files.enable_symlinks = true;
    files.s3_prefix = Some("builds".to_owned());
    let mut report = Report::new(List::of(["*.xml"]));
    report.base_directory = Some("target/junit".to_owned());
    report.discard_paths = true;
    report.file_format = Some(FileFormat::VisualStudioTrx);

    let mut spec = Buildspec::new(
        Phases::build(phase)
            .and(Phases::install(install))
            .and(Phases::pre_build(Phase::new(List::of(["true"]))))
            .and(Phases::post_build(Phase::new(List::of(["true"])))),
    );
    spec.run_as = Some("root".to_owned());
    spec.env = Environment {
        shell: Some(Shell::Bash),
        variables: BTreeMap::from([
            (variable("A"), Source::Plain { value: "yes".to_owned(), exported: true }),
            (variable("B"), Source::Plain { value: "0755".to_owned(), exported: false }),
            (variable("C"), Source::Commands),
            (variable("D"), Source::Parameter("/coworking/d".to_owned())),
            (
                variable("E"),
                Source::Secret(SecretReference {
                    secret: "coworking".to_owned(),
                    key: Some("e".to_owned()),
                    version: Some(SecretVersion::Stage("AWSCURRENT".to_owned())),
                }),
            ),
        ]),
        git_credential_helper: true,
    };
    spec.proxy = Proxy { upload_artifacts: true, logs: true };
    spec.reports = Reports::try_from(names([("tests", report)])).unwrap();
    spec.artifacts = Some(Artifacts {
        primary: files,
        secondary_artifacts: names([("image", ArtifactFiles::new(List::of(["image.json"])))]),
    });
    spec.cache = Some(Cache {
        key: Some(Key {
            key: "cargo-$(codebuild-hash-files Cargo.lock)".to_owned(),
            fallback_keys: Some(List::of(["cargo-"])),
        }),
        action: Some(Action::Restore),
        paths: List::of(["target/**/*"]),
    });
    spec
}

fn json(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(crate::node::to_node(value).unwrap()).unwrap()
}

/// As [`json`] of the YAML text, but that the order of keys counts.
fn assert_reads(value: &impl Serialize, expected: &str) {
    let expected_keys: serde_yaml::Value = serde_yaml::from_str(expected).unwrap();
    let written: serde_yaml::Value =
        serde_yaml::from_str(&serde_yaml::to_string(&crate::node::to_node(value).unwrap()).unwrap()).unwrap();
    assert_eq!(serde_yaml::to_string(&written).unwrap(), serde_yaml::to_string(&expected_keys).unwrap());
}

#[test]
fn every_key_is_written_where_the_documentation_has_it() {
    assert_reads(&with_everything(), include_str!("everything.yaml"));
}

#[test]
fn nothing_but_version_and_phases_is_written_when_nothing_is_said() {
    let spec = Buildspec::new(Phases::build(Phase::new(List::of(["make"]))));
    assert_reads(&spec, "version: 0.2\nphases: {build: {commands: [make]}}\n");
}

#[test]
fn builds_of_a_graph_wait_for_builds_before_them() {
    let (mut graph, test) = Graph::new(ListBuild::new("test"));
    let mut image = ListBuild::new("image");
    image.env = Some(BuildEnvironment {
        capacity: Some(Capacity::Fleet("builders".to_owned())),
        privileged_mode: true,
        kind: Some("ARM_CONTAINER".to_owned()),
        variables: names([("A", "1".to_owned())]),
        ..BuildEnvironment::default()
    });
    graph.add(image, [test]);
    assert_reads(
        &Batch { fast_fail: true, builds: BuildKind::BuildGraph(graph) },
        "fast-fail: true
build-graph:
- identifier: test
- identifier: image
  env: {fleet: builders, privileged-mode: true, type: ARM_CONTAINER, variables: {A: '1'}}
  depend-on: [test]
",
    );
}

#[test]
fn a_batch_is_a_list_a_matrix_or_a_fan() {
    let matrix = Matrix {
        common: MatrixStatic { ignore_failure: true, env: None },
        dynamic: MatrixDynamic {
            buildspec: vec!["a.yaml".to_owned()],
            env: Some(MatrixDynamicEnvironment {
                compute_type: vec!["BUILD_GENERAL1_SMALL".to_owned()],
                variables: names([("A", List::of(["1", "2"]))]),
                ..MatrixDynamicEnvironment::default()
            }),
        },
    };
    for (builds, written) in [
        (BuildKind::BuildList(List::of([ListBuild::new("one")])), "build-list: [{identifier: one}]"),
        (
            BuildKind::BuildMatrix(matrix),
            "build-matrix: {static: {ignore-failure: true}, dynamic: {buildspec: [a.yaml], \
             env: {compute-type: [BUILD_GENERAL1_SMALL], variables: {A: ['1', '2']}}}}",
        ),
        (
            BuildKind::BuildFanout(Fanout { parallelism: NonZeroU32::MIN, ignore_failure: false }),
            "build-fanout: {parallelism: 1}",
        ),
    ] {
        assert_reads(&Batch { fast_fail: false, builds }, written);
    }
}

#[test]
fn the_version_is_a_number() {
    assert_eq!(json(&with_everything())["version"], serde_json::json!(0.2));
}
