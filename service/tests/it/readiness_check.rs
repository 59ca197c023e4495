//! `GET /readiness_check`: whether a token can be read.

use std::time::Instant;

use crate::harness::{Answer, Backend, Database, PROBE_PATIENCE, Program, TABLES};

const PATH: &str = "/readiness_check";

fn failed(answer: &Answer) -> bool {
    assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
    (answer.status, &*answer.body) == (500, "failed")
}

fn ok(answer: &Answer) -> bool {
    assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
    (answer.status, &*answer.body) == (200, "ok")
}

#[test]
fn depends_on_the_tokens_alone() {
    for backend in Backend::ALL {
        let fixture = backend.with("DROP TABLE users");
        assert!(ok(&fixture.program.get(PATH)), "{backend:?}: no token");
        fixture.run(
            "INSERT INTO tokens (user_id, token, created_at) VALUES (1, 'abcdef', '2023-02-07 00:00:00')",
        );
        assert!(ok(&fixture.program.get(PATH)), "{backend:?}: a token");
        fixture.run("DROP TABLE tokens");
        assert!(failed(&fixture.program.get(PATH)), "{backend:?}: no table");
    }
}

#[test]
fn waits_for_a_database_that_comes_later() {
    let database = Database::new();
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &database.variables());
    assert!(failed(&program.get(PATH)));
    database.run(TABLES);
    assert!(ok(&program.get(PATH)));
}

#[test]
fn connections_that_were_killed_are_replaced() {
    let fixture = Backend::Postgres.with("");
    assert!(ok(&fixture.program.get(PATH)));
    fixture.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'coworking-analytics' AND datname = current_database()",
    );
    assert!(ok(&fixture.program.get(PATH)));
}

#[test]
fn nobody_listening_fails_it_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let variables =
        [("DB_USERNAME", "u".into()), ("DB_PASSWORD", "p".into()), ("DB_PORT", unused.to_string())];
    let program = Program::start(folder.path(), &variables);
    for _ in 0..3 {
        let start = Instant::now();
        assert!(failed(&program.get(PATH)));
        assert!(start.elapsed() < PROBE_PATIENCE, "{:?}", start.elapsed());
    }
}

/// A dead database is told now and then, not once an attempt.
#[test]
fn nobody_listening_is_told_now_and_then() {
    let folder = tempfile::tempdir().unwrap();
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let variables =
        [("DB_USERNAME", "u".into()), ("DB_PASSWORD", "p".into()), ("DB_PORT", unused.to_string())];
    let mut program = Program::start(folder.path(), &variables);
    assert_eq!(program.get("/api/reports/daily_usage").status, 503);
    assert_eq!(program.get("/api/reports/daily_usage").status, 503);
    program.terminate();
    program.wait();
    let told = program.seen.iter().filter(|line| line.contains("\"no connection to the database\"")).count();
    assert_eq!(told, 1, "{:#?}", program.seen);
}
