//! Eight who write, three who fold, one of whom is killed again and again, and one who compares: the roll-ups and the
//! tokens never differ, in no snapshot.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use crate::harness::{Backend, Database, Program};

/// What tokens and roll-ups differ by, in one snapshot; and how many rows wait to be folded.
const DIFFERENCE: &str = "
    WITH delta AS (SELECT * FROM coworking_analytics_delta),
    hours AS (
        SELECT hour, sum(tokens) AS tokens, sum(used) AS used FROM (
            SELECT date_trunc('hour', created_at) AS hour, 1 AS tokens, (used_at IS NOT NULL)::int AS used FROM tokens
            UNION ALL SELECT hour, -tokens, -used FROM coworking_analytics_hours
            UNION ALL SELECT hour, -tokens, -used FROM delta WHERE hour IS NOT NULL
        ) AS a GROUP BY 1
    ), days AS (
        SELECT day, sum(tokens) AS tokens, sum(used) AS used FROM (
            SELECT created_at::date AS day, 1 AS tokens, (used_at IS NOT NULL)::int AS used FROM tokens
            UNION ALL SELECT day, -tokens, -used FROM coworking_analytics_days
            UNION ALL SELECT hour::date, -tokens, -used FROM delta WHERE hour IS NOT NULL
        ) AS a GROUP BY 1
    ), users AS (
        SELECT user_id, sum(tokens) AS tokens, sum(used) AS used FROM (
            SELECT user_id, 1 AS tokens, (used_at IS NOT NULL)::int AS used FROM tokens
            UNION ALL SELECT user_id, -tokens, -used FROM coworking_analytics_users
            UNION ALL SELECT user_id, -tokens, -used FROM delta WHERE user_id IS NOT NULL
        ) AS a GROUP BY 1
    ), wrong AS (
        SELECT tokens, used FROM hours UNION ALL SELECT tokens, used FROM days UNION ALL SELECT tokens, used FROM users
    )
    SELECT (SELECT coalesce(sum(abs(tokens) + abs(used)), 0)::bigint FROM wrong) AS difference,
           (SELECT count(*) FROM delta) AS waiting";

#[derive(QueryableByName)]
struct Comparison {
    #[diesel(sql_type = BigInt)]
    difference: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
}

fn compare(connection: &mut PgConnection) -> Comparison {
    sql_query(DIFFERENCE).get_result(connection).unwrap()
}

/// Statements that change tokens in all the ways there are, most of them one token.
fn statement(turn: u64) -> String {
    let one = "id = (SELECT (random() * max(id))::int FROM tokens)";
    let moment = "timestamp '2023-01-01' + random() * interval '60 days'";
    match turn % 11 {
        0..=3 => format!(
            "INSERT INTO tokens (user_id, token, created_at) VALUES (1 + random() * 99, 'a', {moment})"
        ),
        4 | 5 => format!("UPDATE tokens SET used_at = now() WHERE {one}"),
        6 => format!("UPDATE tokens SET used_at = NULL WHERE {one}"),
        7 => format!("UPDATE tokens SET created_at = created_at + interval '3 days' WHERE {one}"),
        8 => format!("UPDATE tokens SET user_id = 1 + random() * 99 WHERE {one}"),
        9 => format!("DELETE FROM tokens WHERE {one}"),
        _ if turn % 900 == 10 => format!(
            "INSERT INTO tokens (user_id, token, created_at, used_at)
             SELECT 1 + number % 100, 'b', {moment}, CASE WHEN number % 3 > 0 THEN now() END
             FROM generate_series(1, 700) AS number"
        ),
        _ => format!(
            "BEGIN; INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (7, 'c', {moment}, now());
             SAVEPOINT a; UPDATE tokens SET user_id = 8 WHERE {one}; {} TO a; COMMIT",
            if turn.is_multiple_of(2) { "ROLLBACK" } else { "RELEASE a; SAVEPOINT a; ROLLBACK" },
        ),
    }
}

fn write(database: &Database, seed: u64, done: &AtomicBool, written: &AtomicU64) {
    let mut connection = database.connect();
    connection.batch_execute("SET synchronous_commit = off").unwrap();
    for turn in seed.. {
        if done.load(Ordering::Relaxed) {
            return;
        }
        match connection.batch_execute(&statement(turn)) {
            Ok(()) => drop(written.fetch_add(1, Ordering::Relaxed)),
            // Two who hold two tokens each, in another order: theirs to bear, with or without roll-ups.
            Err(error) if error.to_string().contains("deadlock") => {
                connection.batch_execute("ROLLBACK").unwrap()
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn run(writers: u64, duration: Duration) {
    let fixture = Backend::RolledUp.with(
        "INSERT INTO users (id, first_name, last_name, joined_at)
             SELECT number, 'A', 'B', now() FROM generate_series(1, 100) AS number;
         INSERT INTO tokens (user_id, token) SELECT 1 + number % 100, 'a' FROM generate_series(1, 2000) AS number",
    );
    let database = fixture.database();
    let (done, written) = (AtomicBool::new(false), AtomicU64::new(0));
    let folder = tempfile::tempdir().unwrap();
    // The fixture's own program folds, and so do these, of whom the second never lives long.
    let _second = Program::start(folder.path(), &database.variables());
    let (mut comparisons, mut most, mut killed) = (0, 0, 0);
    thread::scope(|scope| {
        for seed in 0..writers {
            let (done, written) = (&done, &written);
            scope.spawn(move || write(database, seed * 7919, done, written));
        }
        let killer = scope.spawn(|| {
            let mut killed = 0;
            while !done.load(Ordering::Relaxed) {
                let program = Program::start(folder.path(), &database.variables());
                thread::sleep(Duration::from_millis(1100 + 37 * (killed % 10)));
                drop(program);
                killed += 1;
            }
            killed
        });
        let mut connection = database.connect();
        let end = Instant::now() + duration;
        let mut right = true;
        while Instant::now() < end && right {
            let Comparison { difference, waiting } = compare(&mut connection);
            right = difference == 0;
            comparisons += 1;
            most = most.max(waiting);
            thread::sleep(Duration::from_millis(20));
        }
        done.store(true, Ordering::Relaxed);
        killed = killer.join().unwrap();
        assert!(right, "the roll-ups differ from the tokens");
    });
    assert_eq!(compare(&mut database.connect()).difference, 0);
    let written = written.load(Ordering::Relaxed);
    println!(
        "{writers} writers for {duration:?}: {written} transactions, {} a second; {comparisons} comparisons, \
         difference 0; at most {most} rows waited; {killed} folders killed",
        written / duration.as_secs()
    );
    assert!(written > 100 && comparisons > 5, "{written} {comparisons}");
}

#[test]
fn roll_ups_and_tokens_never_differ() {
    run(8, Duration::from_secs(6));
}

#[test]
#[ignore = "takes a minute: cargo test -p service --release --test it -- --ignored --nocapture never_differ"]
fn roll_ups_and_tokens_never_differ_for_a_minute() {
    run(8, Duration::from_secs(60));
}
