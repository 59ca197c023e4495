//! SIGTERM, sent to the real program.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;

use crate::harness::{Backend, Database, Program, TABLES, exchange};

#[test]
fn an_idle_service_ends_at_once() {
    let mut fixture = Backend::Sqlite.with("");
    let start = Instant::now();
    fixture.program.terminate();
    assert_eq!(fixture.program.wait().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn a_request_in_flight_is_finished() {
    let database = Database::new();
    database.run(TABLES);
    let folder = tempfile::tempdir().unwrap();
    let mut variables = database.variables();
    variables.push(("DB_TIMEOUT_SECONDS", "10".to_owned()));
    let mut program = Program::start(folder.path(), &variables);
    let mut lock = database.connect();
    lock.batch_execute("BEGIN; LOCK TABLE tokens").unwrap();
    let port = program.port;
    let request = "GET /api/reports/daily_usage HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let client = thread::spawn(move || exchange(port, request));
    database.wait_for_waiters(1);
    program.terminate();
    program.wait_for("draining");
    lock.batch_execute("ROLLBACK").unwrap();
    let answer = client.join().unwrap();
    assert_eq!((answer.status, &*answer.body), (200, "{}\n"));
    assert_eq!(program.wait().code(), Some(0));
}

#[test]
fn a_frozen_database_does_not_hold_up_the_end() {
    let database = Database::new();
    database.run(TABLES);
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &database.variables());
    let mut lock = database.connect();
    lock.batch_execute("BEGIN; LOCK TABLE tokens").unwrap();
    let port = program.port;
    let request = "GET /api/reports/daily_usage HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let client = thread::spawn(move || exchange(port, request));
    database.wait_for_waiters(1);
    program.terminate();
    let start = Instant::now();
    assert_eq!(program.wait().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(7), "{:?}", start.elapsed());
    assert_eq!(client.join().unwrap().status, 504);
}

#[test]
fn a_drain_answers_all_and_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &[("DRAIN_SECONDS", "300".to_owned())]);
    assert_eq!(program.get("/readiness_check").status, 200);
    program.terminate();
    program.wait_for("draining");
    let ready = program.get("/readiness_check");
    assert_eq!((ready.status, &*ready.body), (500, "failed"));
    for (method, path, status) in [
        ("GET", "/health_check", 200),
        ("GET", "/api/reports/daily_usage", 200),
        ("FOO", "/health_check", 405),
    ] {
        // The client would like to keep the connection; the answer ends it.
        let request = format!("{method} {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        let answer = exchange(program.port, &request);
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.header("Connection"), Some("close"), "{method} {path}");
    }
    program.terminate();
    assert_eq!(program.wait().code(), Some(0));
}
