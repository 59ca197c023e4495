//! A database that freezes: connections stay open, and nothing is answered.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;

use crate::harness::{Answer, Database, PROBE_PATIENCE, Program, Proxy, TABLES};

/// How long an answer may take, with some room for a machine that is busy.
const BOUND: Duration = Duration::from_millis(3000);

/// How many reports may be read at once: all of the pool but what is kept for others.
const REPORTS: usize = 3;

fn timed(ask: impl Fn() -> Answer) -> (Answer, Duration) {
    let start = Instant::now();
    let answer = ask();
    (answer, start.elapsed())
}

#[test]
fn everything_is_answered_in_time_and_recovers() {
    let database = Database::new();
    database.run(TABLES);
    let proxy = Proxy::to(database.port);
    let program = Program::behind(&proxy, &database);
    assert_eq!(program.get("/readiness_check").status, 200);
    connect_all(&program, &database);

    proxy.freeze(true);
    for _ in 0..3 {
        let (answer, duration) = timed(|| program.get("/readiness_check"));
        assert_eq!((answer.status, &*answer.body), (500, "failed"));
        assert!(duration < PROBE_PATIENCE, "{duration:?}");
    }
    let answers: Vec<_> = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..40).map(|_| scope.spawn(|| timed(|| program.get("/api/reports/user_visits")))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    for (answer, duration) in &answers {
        match answer.status {
            503 => assert_eq!(answer.header("Retry-After"), Some("1")),
            status => assert_eq!(status, 504),
        }
        assert!(*duration < BOUND, "{duration:?}");
    }
    // Permits are held until the database lets go: more requests take no more threads.
    let wave = |clients: usize| {
        thread::scope(|scope| {
            (0..clients).for_each(|_| drop(scope.spawn(|| program.get("/api/reports/user_visits"))))
        });
        program.threads()
    };
    // One flight after the other holds a permit, until there are none. Each lane has threads of its own for what
    // blocks, so that the permits may come to be held on another lane.
    let threads = (0..REPORTS).map(|_| wave(1)).max().unwrap();
    let more = wave(40);
    assert!(more <= threads + REPORTS, "{more} after {threads}");
    let (answer, duration) = timed(|| program.get("/api/reports/daily_usage"));
    assert!([503, 504].contains(&answer.status), "{answer:?}");
    assert!(duration < BOUND, "{duration:?}");

    proxy.freeze(false);
    let start = Instant::now();
    while program.get("/api/reports/daily_usage").status != 200
        || program.get("/readiness_check").status != 200
    {
        assert!(start.elapsed() < BOUND, "it does not recover");
    }
}

/// Makes the service open all of its connections for reports, each for an answer of its own.
fn connect_all(program: &Program, database: &Database) {
    let mut lock = database.connect();
    lock.batch_execute("BEGIN; LOCK TABLE tokens").unwrap();
    thread::scope(|scope| {
        let mut reports = Vec::new();
        for waiting in 1..=REPORTS as i64 {
            reports.push(scope.spawn(|| program.get("/api/reports/daily_usage")));
            database.wait_for_waiters(waiting);
        }
        lock.batch_execute("ROLLBACK").unwrap();
        for report in reports {
            assert_eq!(report.join().unwrap().status, 200);
        }
    });
}
