//! The roll-ups: they say what the tokens say, whatever happens to these, or they are not read.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use service::reports::{Grain, Moment, Order, Page, Span};
use service::store::{Counting, Report, SharedStore};
use tokio::runtime::Runtime;

use crate::harness::{Backend, Database, Fixture, TABLES};

const USERS: &str = "INSERT INTO users (id, first_name, last_name, joined_at)
    SELECT number, 'A', 'B', '2023-01-01' FROM generate_series(1, 9) AS number;";

/// A store that trusts the roll-ups if it can, one that never does, and what runs them.
struct Pair {
    fixture: Fixture,
    rolled_up: SharedStore,
    live: SharedStore,
    runtime: Runtime,
}

impl Pair {
    fn new() -> Pair {
        let fixture = Backend::RolledUp.with(USERS);
        let mode = |mode: &str| fixture.store_with(&[("ANALYTICS_MODE", mode.to_owned())]);
        let (rolled_up, live) = (mode("auto"), mode("live"));
        Pair { rolled_up, live, fixture, runtime: Runtime::new().unwrap() }
    }

    /// Everything that is rolled up is the same in both.
    fn expect_same(&self, after: &str) {
        let all = |store: &SharedStore| {
            let span = |from, to| Span {
                from: Moment::from_text(from).unwrap(),
                to: Moment::from_text(to).unwrap(),
            };
            let page = |order| Page { span: None, order, limit: 100 };
            self.runtime.block_on(async {
                let bytes =
                    |answer: service::store::Answer| String::from_utf8(answer.as_ref().to_vec()).unwrap();
                let mut days =
                    store.slots(span("0001-01-01", "9999-12-31"), Grain::Day).await.unwrap().to_vec();
                let mut hours =
                    store.slots(span("2023-02-01", "2023-03-01"), Grain::Hour).await.unwrap().to_vec();
                days.sort_by_key(|slot| slot.start);
                hours.sort_by_key(|slot| slot.start);
                (
                    bytes(store.answer(Report::DailyUsage).await.unwrap()),
                    bytes(store.answer(Report::UserVisits).await.unwrap()),
                    days,
                    hours,
                    store.visitors(page(Order::Id { after: Some(2) })).await.unwrap(),
                    store.visitors(page(Order::Frequent { after: None })).await.unwrap(),
                )
            })
        };
        assert_eq!(all(&self.rolled_up), all(&self.live), "{after}");
    }

    fn run(&self, sql: &str) {
        self.fixture.run(sql);
        self.expect_same(sql);
    }

    fn expect_counting(&self, counting: Counting, after: &str) {
        assert_eq!(self.rolled_up.gauges().counting, counting, "{after}");
    }

    /// Waits until the program has folded everything and counted anew what was in doubt.
    fn wait_for_rollups(&self, database: &Database) {
        let end = Instant::now() + Duration::from_secs(40);
        loop {
            self.expect_same("some upkeep");
            let folded = database.count("coworking_analytics_delta") == 0;
            if folded && self.rolled_up.gauges().counting == Counting::Rollup {
                return;
            }
            assert!(Instant::now() < end, "{:?}", self.rolled_up.gauges());
        }
    }
}

fn token(user_id: i32, created_at: &str, used: bool) -> String {
    let used = if used { "'2024-01-01'" } else { "NULL" };
    format!(
        "INSERT INTO tokens (user_id, token, created_at, used_at) VALUES ({user_id}, 'a', '{created_at}', {used});"
    )
}

const MANY: &str = "INSERT INTO tokens (user_id, token, created_at, used_at)
    SELECT 1 + number % 9, 'm', timestamp '2023-02-07 08:00' + number * interval '7 minutes',
        CASE WHEN number % 3 > 0 THEN timestamp '2024-01-01' END
    FROM generate_series(1, 3000) AS number;";

#[test]
fn every_change_counts_at_once() {
    let pair = Pair::new();
    let steps = [
        token(1, "2023-02-07 10:00", true),
        token(2, "2023-02-07 10:59:59.999999", false) + &token(2, "2023-02-07 11:00", false),
        "UPDATE tokens SET used_at = '2023-03-01' WHERE user_id = 2".into(),
        "UPDATE tokens SET used_at = NULL WHERE user_id = 1".into(),
        "UPDATE tokens SET created_at = created_at + interval '3 days' WHERE user_id = 2".into(),
        "UPDATE tokens SET user_id = 3 WHERE user_id = 2".into(),
        "UPDATE tokens SET token = 'b'; UPDATE tokens SET used_at = used_at WHERE false".into(),
        token(4, "infinity", true) + &token(4, "-infinity", true) + &token(5, "0999-05-06 01:02:03", true),
        token(77, "2023-02-07 10:00", true),
        MANY.into(),
        "UPDATE tokens SET created_at = created_at - interval '1 day', user_id = 10 - user_id WHERE token = 'm'".into(),
        "UPDATE tokens SET used_at = CASE WHEN used_at IS NULL THEN now() END WHERE token = 'm'".into(),
        "DELETE FROM tokens WHERE user_id = 3".into(),
        "DELETE FROM tokens WHERE token = 'm' AND id % 2 = 0".into(),
        "INSERT INTO tokens (id, user_id, token) VALUES (1000000, 1, 'c');
         INSERT INTO tokens (id, user_id, token, used_at)
             VALUES (1000000, 1, 'c', now()), (1000001, 2, 'd', NULL)
             ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at, user_id = 6".into(),
        "WITH gone AS (DELETE FROM tokens WHERE id = 1000001 RETURNING *) INSERT INTO tokens SELECT * FROM gone".into(),
        "BEGIN; DELETE FROM tokens; ROLLBACK".into(),
        "BEGIN; SAVEPOINT a; DELETE FROM tokens WHERE user_id = 1; ROLLBACK TO a; DELETE FROM tokens WHERE user_id = 4; COMMIT".into(),
        "BEGIN; INSERT INTO tokens (user_id, token) VALUES (1, 'e'); TRUNCATE tokens; INSERT INTO tokens (user_id, token) VALUES (2, 'f'); COMMIT".into(),
        "BEGIN; TRUNCATE tokens; ROLLBACK".into(),
        "SET session_replication_role = replica; INSERT INTO tokens (user_id, token) VALUES (3, 'g')".into(),
        "SET search_path = pg_temp, public; SET timezone = 'Asia/Kolkata'; SET datestyle = 'German'; INSERT INTO tokens (user_id, token) VALUES (3, 'g')".into(),
        "DELETE FROM users WHERE id = 3".into(),
        "TRUNCATE users, tokens".into(),
        MANY.into(),
    ];
    for step in &steps {
        pair.run(step);
        pair.expect_counting(Counting::Rollup, step);
    }
    pair.wait_for_rollups(pair.fixture.database());
}

#[test]
fn what_the_triggers_may_have_missed_is_counted_anew() {
    let pair = Pair::new();
    pair.run(MANY);
    let inserted = "coworking_analytics_inserted";
    let missed = token(1, "2023-02-07 10:00", true);
    let disable = format!("ALTER TABLE tokens DISABLE TRIGGER {inserted};");
    let enable = format!("ALTER TABLE tokens ENABLE ALWAYS TRIGGER {inserted};");
    for doubt in [
        format!("{disable} {missed} {enable}"),
        format!("BEGIN; {disable} {missed} {enable} COMMIT"),
        "ALTER TABLE tokens ALTER created_at TYPE timestamp USING created_at + interval '5 hours'".into(),
        "VACUUM FULL tokens".into(),
        format!("{disable} {missed} TRUNCATE tokens; {missed} {enable} {missed}"),
    ] {
        pair.run(&doubt);
        pair.wait_for_rollups(pair.fixture.database());
    }
}

#[test]
fn what_the_triggers_do_not_see_is_not_trusted() {
    for change in [
        "ALTER TABLE tokens DISABLE TRIGGER coworking_analytics_deleted",
        "ALTER TABLE tokens DISABLE TRIGGER ALL",
        "DROP TRIGGER coworking_analytics_truncated ON tokens",
        "ALTER TABLE tokens ENABLE TRIGGER coworking_analytics_updated",
        "ALTER TABLE tokens ALTER created_at DROP NOT NULL",
        "CREATE TABLE more () INHERITS (tokens)",
    ] {
        let pair = Pair::new();
        pair.run(MANY);
        pair.expect_counting(Counting::Rollup, change);
        pair.run(change);
        pair.expect_counting(Counting::Unwatched, change);
        pair.run("DELETE FROM tokens WHERE user_id = 1; INSERT INTO tokens (user_id, token) SELECT 1, 'x' FROM tokens");
        pair.expect_counting(Counting::Unwatched, change);
    }
}

/// Somebody else's hand in the roll-ups themselves: no report shows it, but comparing does.
#[test]
fn drift_is_found_and_corrected() {
    let pair = Pair::new();
    pair.run(MANY);
    pair.wait_for_rollups(pair.fixture.database());
    pair.fixture.run(
        "UPDATE coworking_analytics_hours SET used = used + 5 WHERE hour = (SELECT max(hour) FROM coworking_analytics_hours);
         DELETE FROM coworking_analytics_users WHERE user_id = 4;
         UPDATE coworking_analytics_days SET tokens = 0, used = 0 WHERE day = (SELECT min(day) FROM coworking_analytics_days);
         INSERT INTO coworking_analytics_delta VALUES ('2022-01-01', 9, 3, 3)",
    );
    let comparing = pair.fixture.store_with(&[
        ("ANALYTICS_MODE", "auto".to_owned()),
        ("ANALYTICS_RECONCILE_SECONDS", "1".to_owned()),
    ]);
    let upkeep = std::sync::Arc::clone(&comparing);
    pair.runtime.spawn(async move { upkeep.keep_up().await });
    let end = Instant::now() + Duration::from_secs(60);
    let daily = |store: &SharedStore| {
        let answer = pair.runtime.block_on(store.answer(Report::DailyUsage)).unwrap();
        String::from_utf8(answer.as_ref().to_vec()).unwrap()
    };
    while comparing.gauges().fold.drift_rows < 5 || daily(&pair.rolled_up) != daily(&pair.live) {
        assert!(Instant::now() < end, "{:?}", comparing.gauges());
        std::thread::sleep(Duration::from_millis(50));
    }
    pair.wait_for_rollups(pair.fixture.database());
}

/// Who reads tokens reads their roll-ups, and folds nothing; who may not read them counts.
#[test]
fn rights() {
    let database = Database::new();
    let role = |name: &str| format!("{name}_{}", database.name);
    let (before, after) = (role("before"), role("after"));
    database.run(TABLES);
    database.run(&format!(
        "CREATE ROLE {before} LOGIN PASSWORD 'p'; GRANT SELECT ON users, tokens TO {before};
         CREATE ROLE {after} LOGIN PASSWORD 'p'; {USERS}"
    ));
    database.roll_up();
    database.run(MANY);
    database.run(&format!("GRANT SELECT ON users, tokens TO {after}"));
    let runtime = Runtime::new().unwrap();
    for (user, counting) in [(before, Counting::Rollup), (after, Counting::Unreadable)] {
        let store = database.store_of(&user, "p");
        let upkeep = std::sync::Arc::clone(&store);
        runtime.spawn(async move { upkeep.keep_up().await });
        let answer = runtime.block_on(store.answer(Report::DailyUsage)).unwrap();
        assert!(answer.as_ref().starts_with(b"{\"2023-02-07\":"));
        assert_eq!(store.gauges().counting, counting, "{user}");
        if counting == Counting::Rollup {
            let end = Instant::now() + Duration::from_secs(20);
            while store.gauges().fold.lag_seconds < 1.5 {
                assert!(Instant::now() < end, "{:?}", store.gauges());
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
    assert!(database.count("coworking_analytics_delta") > 0, "somebody folded");
}

/// Whoever writes tokens needs no right on the roll-ups.
#[test]
fn writers_need_no_more_rights() {
    let database = Database::new();
    let writer = format!("writer_of_{}", database.name);
    database.run(&[TABLES, USERS].concat());
    database.roll_up();
    database.run(&format!("CREATE ROLE {writer}; GRANT INSERT, SELECT, UPDATE, DELETE, TRUNCATE ON tokens TO {writer}; GRANT USAGE ON SEQUENCE tokens_id_seq TO {writer}"));
    let mut connection = database.connect();
    let steps = [
        MANY,
        "UPDATE tokens SET used_at = now()",
        "DELETE FROM tokens WHERE user_id = 1",
        "TRUNCATE tokens",
        MANY,
    ];
    connection.batch_execute(&format!("SET ROLE {writer}; SET search_path = pg_temp, public")).unwrap();
    for step in steps {
        connection.batch_execute(step).unwrap();
    }
    assert_eq!(database.count("tokens"), 3000);
}

/// The first edition had a function for each of the two; what takes a roll-up away knows both editions.
#[test]
fn the_first_edition_is_renewed_and_both_can_be_taken_away() {
    const REMOVE: &str = include_str!("../../src/store/postgres/rollup/remove.sql");
    const FIRST: &str = "
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        DROP TRIGGER {name} ON tokens;
        CREATE TRIGGER {name} AFTER {event} ON tokens FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        ALTER TABLE tokens ENABLE ALWAYS TRIGGER {name};
        COMMENT ON FUNCTION coworking_analytics_fingerprint() IS 'roll-ups of coworking analytics, 1';";
    let first = [("inserted", "INSERT"), ("deleted", "DELETE")].map(|(name, event)| {
        FIRST.replace("{name}", &format!("coworking_analytics_{name}")).replace("{event}", event)
    });
    let of_ours = "pg_proc WHERE proname LIKE 'coworking_analytics%'";
    let pair = Pair::new();
    let database = pair.fixture.database();
    database.run(&first.concat());
    database.migrate();
    assert_eq!(database.count(of_ours), 4);
    pair.run(MANY);
    pair.run("DELETE FROM tokens WHERE user_id = 1");
    pair.expect_counting(Counting::Rollup, "the edition of now");
    for edition in [None, Some(first.concat())] {
        edition.inspect(|first| database.run(first));
        database.run(&REMOVE.replace("{schema}", "public"));
        assert_eq!(database.count(of_ours), 0);
        database.run(MANY);
        database.migrate();
    }
}

#[test]
fn what_has_no_roll_ups_is_told_and_counted() {
    for (change, counting) in [
        ("ALTER TABLE tokens RENAME TO passes; CREATE VIEW tokens AS SELECT * FROM passes", Counting::Absent),
        (
            "ALTER TABLE tokens RENAME TO passes; CREATE TABLE tokens (LIKE passes) PARTITION BY RANGE (created_at)",
            Counting::Absent,
        ),
        ("ALTER TABLE tokens ALTER created_at TYPE timestamptz", Counting::Absent),
    ] {
        let database = Database::new();
        database.run(TABLES);
        database.run(change);
        let log = database.migrate();
        assert!(log.contains("no roll-ups: `tokens` is not a plain table"), "{log}");
        assert_eq!(database.count("pg_class WHERE relname LIKE 'coworking_analytics%'"), 0);
        let store = database.store_of("postgres", "admin");
        let answer = Runtime::new().unwrap().block_on(store.answer(Report::DailyUsage)).unwrap();
        assert_eq!(answer.as_ref(), b"{}\n");
        assert_eq!(store.gauges().counting, counting);
    }
}

/// A migration that finds the table in use waits for a gap, and makes nobody wait behind it for long.
#[test]
fn a_table_in_use_is_waited_for() {
    let database = Database::new();
    database.run(&[TABLES, USERS].concat());
    let mut writer = database.connect();
    writer.batch_execute("BEGIN; INSERT INTO tokens (user_id, token) VALUES (1, 'a')").unwrap();
    std::thread::scope(|scope| {
        let migration = scope.spawn(|| database.migrate());
        database.wait_for_waiters(1);
        let start = Instant::now();
        database.run("SET lock_timeout = '5s'; INSERT INTO tokens (user_id, token) VALUES (2, 'b')");
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
        writer.batch_execute("COMMIT").unwrap();
        let log = migration.join().unwrap();
        assert!(log.contains("the roll-ups are right"), "{log}");
    });
    assert_eq!(database.count("coworking_analytics_delta WHERE hour IS NOT NULL"), 1);
}
