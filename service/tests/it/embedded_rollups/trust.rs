//! They are read only where the triggers saw every change, and made right where they may not have.

use diesel::connection::SimpleConnection;
use service::store::Counting;

use super::{MANY, Pair, insert};
use crate::harness::roll_up;

#[test]
fn what_the_triggers_may_have_missed_is_counted_anew() {
    let missed = insert("", "NULL", 1, "2023-02-07 10:00", true);
    for doubt in [
        // The trigger's own text, so that all looks as it did.
        format!("BEGIN; DROP TRIGGER coworking_analytics_inserted; {missed}"),
        "VACUUM".to_owned(),
        "CREATE INDEX by_day ON tokens (created_at)".to_owned(),
    ] {
        let mut pair = Pair::new();
        assert!(pair.run(MANY));
        pair.writer.batch_execute(&doubt).unwrap();
        if doubt.starts_with("BEGIN") {
            let text = include_str!("../../../src/store/sqlite/rollup/install.sql");
            let begin = text.find("CREATE TRIGGER coworking_analytics_inserted").unwrap();
            let end = begin + text[begin..].find("END;").unwrap() + "END;".len();
            pair.writer.batch_execute(&(text[begin..end].to_owned() + "; COMMIT")).unwrap();
        }
        pair.expect_same(&doubt);
        pair.expect_counting(Counting::Doubtful, &doubt);
        pair.keep_up(&[], |store| store.gauges().counting == Counting::Rollup);
    }
}

#[test]
fn what_the_triggers_do_not_see_is_not_trusted() {
    for change in [
        "DROP TRIGGER coworking_analytics_deleted",
        "ALTER TABLE tokens RENAME TO passes; CREATE VIEW tokens AS SELECT * FROM passes",
        "DROP TABLE tokens; CREATE TABLE tokens (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, token TEXT,
             created_at TEXT NOT NULL DEFAULT '2023-02-07', used_at TEXT)",
        "CREATE UNIQUE INDEX one_a_moment ON tokens (id, created_at)",
        "CREATE TRIGGER another AFTER INSERT ON Tokens BEGIN DELETE FROM users; END",
    ] {
        let mut pair = Pair::new();
        assert!(pair.run(MANY));
        pair.expect_counting(Counting::Rollup, change);
        assert!(pair.run(change), "{change}");
        pair.expect_counting(Counting::Unwatched, change);
        pair.run("DELETE FROM tokens WHERE user_id = 1");
        pair.expect_counting(Counting::Unwatched, change);
    }
}

/// Another's table has its own shape: it is counted, and nothing is put into it.
#[test]
fn what_has_no_roll_ups_is_counted() {
    for tables in [
        "DROP TABLE tokens; CREATE TABLE tokens (id INTEGER PRIMARY KEY, user_id BIGINT, token TEXT,
             created_at DATETIME, used_at DATETIME)",
        "CREATE UNIQUE INDEX tokens_are_unique ON tokens (token, created_at, id)",
    ] {
        let pair = Pair::with(tables);
        pair.expect_same(tables);
        pair.expect_counting(Counting::Absent, tables);
    }
}

/// Somebody else's hand in the roll-ups themselves: no report shows it, but comparing does.
#[test]
fn drift_is_found_and_corrected() {
    let mut pair = Pair::new();
    assert!(pair.run(MANY));
    let drift = "UPDATE coworking_analytics_hours SET used = used + 5 WHERE hour = '2023-02-07 10';
        DELETE FROM coworking_analytics_users WHERE user_id = 4;
        UPDATE coworking_analytics_days SET tokens = 0, used = 0 WHERE day = '2023-02-08';
        INSERT INTO coworking_analytics_users VALUES (500, 3, 3)";
    pair.writer.batch_execute(drift).unwrap();
    pair.keep_up(&[("ANALYTICS_RECONCILE_SECONDS", "1")], |store| store.gauges().fold.drift_rows == 4);
    pair.expect_same("the correction");
    pair.expect_counting(Counting::Rollup, "the correction");
}

/// As the documentation tells those who want to change the table.
#[test]
fn can_be_taken_away_and_made_again() {
    let mut pair = Pair::new();
    assert!(pair.run(MANY));
    assert!(pair.run(include_str!("../../../src/store/sqlite/rollup/remove.sql")));
    pair.expect_counting(Counting::Absent, "removal");
    assert!(pair.run("DELETE FROM tokens WHERE user_id = 3"));
    roll_up(&pair.file);
    pair.expect_same("another start");
    pair.expect_counting(Counting::Rollup, "another start");
}
