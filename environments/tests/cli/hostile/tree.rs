use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use super::{FOUND, GOOD, LITTLE};
use crate::program::{Project, Run};

fn with_a_good_file() -> Project {
    let project = Project::new();
    project.file("deploy/good.yaml", GOOD);
    project
}

#[track_caller]
fn good_file_is_looked_at(run: &Run, code: i32) {
    assert_eq!(run.code, code, "{run:?}");
    assert!(run.output.contains(FOUND), "{run:?}");
}

#[test]
fn links_in_circles() {
    let project = with_a_good_file();
    let deploy = project.path().join("deploy");
    fs::create_dir(deploy.join("a")).unwrap();
    fs::create_dir(deploy.join("b")).unwrap();
    symlink("../b", deploy.join("a/b")).unwrap();
    symlink("../a", deploy.join("b/a")).unwrap();
    symlink(".", deploy.join("self")).unwrap();
    let run = project.run_within(LITTLE, &["validate", "deploy"]);
    good_file_is_looked_at(&run, 1);
    assert_eq!(run.errors, "");
    symlink("round.yaml", deploy.join("round.yaml")).unwrap();
    let run = project.run_within(LITTLE, &["validate", "deploy"]);
    good_file_is_looked_at(&run, 2);
    assert!(run.errors.contains("cannot read `deploy/round.yaml`"), "{run:?}");
}

#[test]
fn a_link_to_nowhere() {
    let project = with_a_good_file();
    symlink("nowhere", project.path().join("deploy/pod.yaml")).unwrap();
    symlink("nowhere", project.path().join("deploy/notes.txt")).unwrap();
    for sources in [&["validate", "deploy"][..], &["validate", "deploy/good.yaml", "deploy/pod.yaml"]] {
        let run = project.run(sources);
        good_file_is_looked_at(&run, 2);
        assert_eq!(
            run.errors,
            "error: cannot read `deploy/pod.yaml`: No such file or directory (os error 2)\n"
        );
    }
}

#[test]
fn pipes_and_devices() {
    let project = with_a_good_file();
    let pipe = project.path().join("deploy/pipe.yaml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    symlink("/dev/zero", project.path().join("deploy/zero.yaml")).unwrap();
    let run = project.run_within(LITTLE, &["validate", "deploy"]);
    good_file_is_looked_at(&run, 1);
    assert_eq!(run.errors, "", "what never ends is no file of manifests");
}

/// Who names it means it, and reads so much of it.
#[test]
fn a_device_that_never_ends() {
    let project = with_a_good_file();
    let run = project.run_within(900, &["validate", "deploy", "/dev/zero"]);
    good_file_is_looked_at(&run, 2);
    assert!(run.errors.contains("cannot read `/dev/zero`: it is larger than 256 MiB"), "{run:?}");
}

#[test]
fn what_nobody_may_read() {
    let project = with_a_good_file();
    project.file("deploy/locked/pod.yaml", GOOD);
    project.file("deploy/pod.yaml", GOOD);
    let lock = |path: &str, mode| {
        fs::set_permissions(project.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    lock("deploy/locked", 0o000);
    lock("deploy/pod.yaml", 0o000);
    lock(".", 0o755);
    // Nothing is locked to root, who may be somebody else for a while.
    let is_root = fs::read_dir(project.path().join("deploy/locked")).is_ok();
    let run = if is_root {
        project.run_as_nobody(&["validate", "deploy"])
    } else {
        project.run(&["validate", "deploy"])
    };
    lock("deploy/locked", 0o755);
    good_file_is_looked_at(&run, 2);
    let errors: Vec<&str> = run.errors.lines().collect();
    assert_eq!(
        errors,
        [
            "error: cannot look for manifests in `deploy/locked`: Permission denied (os error 13)",
            "error: cannot read `deploy/pod.yaml`: Permission denied (os error 13)",
        ]
    );
}
