//! `GET /health_check`.

use std::time::Instant;

use crate::harness::{Database, PROBE_PATIENCE, Program, Proxy};

/// A service whose database accepts connections and says nothing.
#[test]
fn is_well_whatever_the_database_does() {
    let folder = tempfile::tempdir().unwrap();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let nobody = ("DB_USERNAME", "u".to_owned());
    let variables = [nobody, ("DB_PASSWORD", "p".to_owned()), ("DB_PORT", port.to_string())];
    let program = Program::start(folder.path(), &variables);
    let start = Instant::now();
    let answer = program.get("/health_check");
    assert!(start.elapsed() < PROBE_PATIENCE);
    assert_eq!((answer.status, &*answer.body), (200, "ok"));
    assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("Content-Length"), Some("2"));
}

#[test]
fn is_well_while_reports_wait() {
    let database = Database::new();
    let proxy = Proxy::to(database.port);
    let program = Program::behind(&proxy, &database);
    proxy.freeze(true);
    std::thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(|| program.get("/api/reports/daily_usage"));
        }
        let start = Instant::now();
        assert_eq!(program.get("/health_check").status, 200);
        assert!(start.elapsed() < PROBE_PATIENCE, "{:?}", start.elapsed());
    });
}
