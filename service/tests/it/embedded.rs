//! The service that is started alone.

use std::fs;

use serde_json::Value;

use crate::harness::{Answer, Backend, Program};

fn json(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200);
    serde_json::from_str(&answer.body).unwrap()
}

#[test]
fn begins_with_visits_and_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &[]);
    let told: Vec<_> = program.seen.iter().filter(|line| line.contains("/api/reports/daily_usage")).collect();
    assert_eq!(told.len(), 1, "{:#?}", program.seen);
    let (days, users) = (program.get("/api/reports/daily_usage"), program.get("/api/reports/user_visits"));
    assert!((50..=56).contains(&json(&days).as_object().unwrap().len()), "{}", days.body);
    assert_eq!(json(&users).as_object().unwrap().len(), 48);
    assert_eq!(program.get("/readiness_check").body, "ok");
    program.terminate();
    program.wait();
    assert!(folder.path().join("coworking-analytics.sqlite3").is_file());

    let again = Program::start(folder.path(), &[]);
    assert_eq!(again.get("/api/reports/daily_usage").body, days.body);
    assert_eq!(again.get("/api/reports/user_visits").body, users.body);
}

#[test]
fn two_on_one_file_fill_it_once() {
    let alone = Program::start(tempfile::tempdir().unwrap().path(), &[]).get("/api/reports/user_visits").body;
    let folder = tempfile::tempdir().unwrap();
    let programs: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4).map(|_| scope.spawn(|| Program::start(folder.path(), &[]))).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    for program in programs {
        let warned = |line: &String| line.contains("WARN") && !line.contains("AUTH_MODE");
        assert!(!program.seen.iter().any(warned), "{:#?}", program.seen);
        // The sample's length follows the clock, but not by thousands.
        let visits = |body: &str| {
            let report: Value = serde_json::from_str(body).unwrap();
            report.as_object().unwrap().values().map(|entry| entry["visits"].as_i64().unwrap()).sum::<i64>()
        };
        let (ours, theirs) = (visits(&program.get("/api/reports/user_visits").body), visits(&alone));
        assert!((ours - theirs).abs() < 100, "{ours} {theirs}");
    }
}

#[test]
fn a_file_that_is_no_database_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    fs::write(&file, "not a database, and long enough to have a header: ".repeat(50)).unwrap();
    let program = Program::start(folder.path(), &[("SQLITE_FILE", file.to_str().unwrap().to_owned())]);
    assert!(program.seen.iter().any(|line| line.contains("file is not a database")), "{:#?}", program.seen);
    assert_eq!(program.get("/readiness_check").body, "failed");
    assert_eq!(program.get("/health_check").status, 200);
}

/// A writer that does not let go makes reports wait for a second, and then they are to be asked again.
#[test]
fn a_file_that_another_locks_is_a_reason_to_come_back() {
    let fixture = Backend::Sqlite.with("");
    assert_eq!(fixture.program.get("/api/reports/daily_usage").status, 200);
    let mut writer = fixture.writer();
    writer("BEGIN EXCLUSIVE");
    let answer = fixture.program.get("/api/reports/daily_usage");
    assert_eq!((answer.status, answer.header("Retry-After")), (503, Some("1")), "{answer:?}");
    writer("ROLLBACK");
    assert_eq!(fixture.program.get("/api/reports/daily_usage").status, 200);
}
