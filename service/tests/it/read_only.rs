//! Embedded databases that cannot be written to, or not be read.

use std::fs::{self, Permissions};
use std::os::unix::fs::{FileExt as _, PermissionsExt as _, chown};
use std::path::Path;

use serde_json::Value;

use crate::harness::{Program, check};

/// Somebody who owns nothing here.
const NOBODY: u32 = 65532;

/// A folder with a database that holds the sample.
fn sample(folder: &Path) -> (String, Vec<(&'static str, String)>) {
    let file = folder.join("visits.sqlite3");
    let variables = vec![("SQLITE_FILE", file.display().to_string()), ("AUTH_MODE", "none".to_owned())];
    let mut program = Program::start(folder, &variables);
    let report = program.get("/api/reports/daily_usage").body;
    program.terminate();
    program.wait();
    (report, variables)
}

/// The program, as somebody whom the modes of files hold back: root, whom they do not, becomes nobody.
fn start(folder: &Path, variables: &[(&str, String)]) -> Program {
    if !rustix::process::getuid().is_root() {
        return Program::start(folder, variables);
    }
    // Nobody reaches the target folder.
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("coworking-analytics");
    fs::copy(env!("CARGO_BIN_EXE_coworking-analytics"), &copy).unwrap();
    for path in [place.path(), &copy] {
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }
    Program::start_of(&copy, Some(NOBODY), folder, variables)
}

fn modes(folder: &Path, of_folder: u32, of_file: u32) {
    let nobody = rustix::process::getuid().is_root().then_some(NOBODY);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        chown(&path, nobody, nobody).unwrap();
        fs::set_permissions(path, Permissions::from_mode(of_file)).unwrap();
    }
    fs::set_permissions(folder, Permissions::from_mode(of_folder)).unwrap();
}

#[test]
fn a_file_that_is_read_only_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (report, variables) = sample(folder.path());
    for (of_folder, of_file) in [(0o777, 0o444), (0o555, 0o444)] {
        modes(folder.path(), of_folder, of_file);
        let program = start(folder.path(), &variables);
        assert_eq!(program.get("/readiness_check").body, "ok");
        assert_eq!(program.get("/api/reports/daily_usage").body, report);
        assert_eq!(program.get("/api/v1/reports/summary").status, 200);
    }
    modes(folder.path(), 0o755, 0o644);
}

#[test]
fn a_file_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    modes(folder.path(), 0o555, 0o444);
    let variables = [("SQLITE_FILE", folder.path().join("visits.sqlite3").display().to_string())];
    let program = start(folder.path(), &variables);
    assert!(program.seen.iter().any(|line| line.contains("unable to open")), "{:#?}", program.seen);
    assert_eq!(program.get("/readiness_check").body, "failed");
    assert_eq!(program.get("/api/reports/daily_usage").status, 503);
    assert_eq!(program.get("/health_check").status, 200);
    modes(folder.path(), 0o755, 0o644);
}

#[test]
fn a_file_that_is_damaged_is_told_and_no_report_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (_, variables) = sample(folder.path());
    let file = fs::File::options().write(true).open(&variables[0].1).unwrap();
    // All but the first page, which says what there is.
    let length = file.metadata().unwrap().len() as usize;
    file.write_all_at(&vec![0xA5; length - 4096], 4096).unwrap();
    let mut program = Program::start(folder.path(), &variables);
    let answer = program.get("/api/reports/daily_usage");
    assert!(answer.status >= 500 && !answer.body.contains("sqlite3"), "{}", answer.body);
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["status"], answer.status, "{problem}");
    assert_eq!(program.get("/readiness_check").body, "failed");
    assert_eq!(program.get("/health_check").status, 200);
    program.wait_for("malformed");

    let check = check(folder.path(), &variables);
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(!check.status.success() && said.contains("malformed"), "{said}");
}
