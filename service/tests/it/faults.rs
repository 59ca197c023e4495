//! Faults on the database's side that are no freeze: every answer comes in time, and all is well again by itself.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;

use crate::harness::{Database, Program, Standby, TABLES};

const DAILY_USAGE: &str = "/api/reports/daily_usage";
const TOKEN: &str =
    "INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, 'a', '2023-02-07', now())";

/// How long an answer may take, with some room for a machine that is busy.
const BOUND: Duration = Duration::from_millis(3000);

/// Asks for the report until it is answered: how long that took.
fn until_good(program: &Program) -> Duration {
    let start = Instant::now();
    while program.get(DAILY_USAGE).status != 200 {
        assert!(start.elapsed() < Duration::from_secs(10), "it does not recover");
    }
    start.elapsed()
}

#[test]
fn a_table_that_is_locked() {
    let database = Database::new();
    database.run(&[TABLES, TOKEN].concat());
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &database.variables());
    assert_eq!(program.get(DAILY_USAGE).body, "{\"2023-02-07\":1}\n");
    let mut lock = database.connect();
    lock.batch_execute("BEGIN; LOCK TABLE tokens").unwrap();
    let locked = Instant::now();
    while locked.elapsed() < Duration::from_secs(10) {
        let start = Instant::now();
        let answer = program.get(DAILY_USAGE);
        // Nothing has changed, so the answer that is known is right; the probe cannot read a token.
        assert!([200, 503, 504].contains(&answer.status), "{answer:?}");
        assert_eq!(program.get("/readiness_check").status, 500);
        assert!(start.elapsed() < BOUND * 2, "{:?}", start.elapsed());
        let start = Instant::now();
        assert_eq!(program.get("/health_check").status, 200);
        assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    }
    lock.batch_execute("COMMIT").unwrap();
    assert!(until_good(&program) < BOUND);
    assert_eq!(program.get("/readiness_check").status, 200);
}

#[test]
fn no_connection_is_left() {
    let database = Database::new();
    let role = format!("limited_{}", database.name);
    database.run(&format!(
        "{TABLES} {TOKEN}; CREATE ROLE {role} LOGIN PASSWORD 'p' CONNECTION LIMIT 0; GRANT SELECT ON users, tokens TO {role}"
    ));
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &database.variables_of(&role, "p"));
    for _ in 0..2 {
        let start = Instant::now();
        let answer = program.get(DAILY_USAGE);
        assert_eq!((answer.status, answer.header("Retry-After")), (503, Some("1")));
        assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
    }
    program.wait_for("too many connections for role");
    database.run(&format!("ALTER ROLE {role} CONNECTION LIMIT 10"));
    assert!(until_good(&program) < BOUND);
}

/// Every connection dies between two requests, again and again: nobody notices.
#[test]
fn connections_that_are_killed() {
    let database = Database::new();
    database.run(&[TABLES, TOKEN].concat());
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &database.variables());
    for _ in 0..20 {
        database.run(
            "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
             WHERE application_name = 'coworking-analytics' AND datname = current_database()",
        );
        let answer = program.get(DAILY_USAGE);
        assert_eq!((answer.status, &*answer.body), (200, "{\"2023-02-07\":1}\n"));
    }
}

#[test]
fn a_read_replica_that_is_down() {
    let database = Database::new();
    database.run(&[TABLES, TOKEN].concat());
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let mut variables = database.variables();
    variables.push(("DB_READ_HOST", "127.0.0.1".to_owned()));
    variables.push(("DB_READ_PORT", unused.to_string()));
    let mut program = Program::start(folder.path(), &variables);
    for _ in 0..5 {
        let start = Instant::now();
        assert_eq!(program.get(DAILY_USAGE).body, "{\"2023-02-07\":1}\n");
        assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
    }
    program.wait_for("the read replica failed: reports come from the primary");
}

/// A replica answers as soon as it has replayed what was written, also where its snapshot's text stays the same; and
/// when it is gone, the primary does.
#[test]
fn a_read_replica_that_follows_and_then_goes() {
    let database = Database::new();
    database.run(&[TABLES, TOKEN].concat());
    database.roll_up();
    let standby = Standby::start();
    let folder = tempfile::tempdir().unwrap();
    let mut variables = database.variables();
    variables.push(("DB_READ_HOST", "127.0.0.1".to_owned()));
    variables.push(("DB_READ_PORT", standby.port().to_string()));
    let program = Program::start(folder.path(), &variables);
    let expect = |count: i32| {
        let start = Instant::now();
        while program.get(DAILY_USAGE).body != format!("{{\"2023-02-07\":{count}}}\n") {
            assert!(start.elapsed() < Duration::from_secs(10), "{}", program.get(DAILY_USAGE).body);
        }
    };
    expect(1);
    // The oldest goes on and the newest ends first: a standby's snapshot is the same before the second ends and after.
    let mut oldest = database.connect();
    oldest.batch_execute("BEGIN; SELECT pg_current_xact_id()").unwrap();
    for count in [3, 5, 7] {
        let mut second = database.connect();
        second.batch_execute(&format!("BEGIN; {TOKEN}")).unwrap();
        database.run(TOKEN);
        expect(count - 1);
        second.batch_execute("COMMIT").unwrap();
        expect(count);
    }
    drop(standby);
    let start = Instant::now();
    assert_eq!(program.get(DAILY_USAGE).body, "{\"2023-02-07\":7}\n");
    assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
}
