//! They are right after every statement, and no statement fails for them.

use proptest::prelude::*;
use service::store::Counting;

use super::{MANY, Pair, insert};

/// Moments as people write them, and what is none.
const MOMENTS: [&str; 8] = [
    "2023-02-07 10:00:00",
    "2023-02-07 10:59:59.999999",
    "2023-02-07T10:11",
    "2023-02-07",
    "2023-02-08 00:00:00",
    "infinity",
    "-infinity",
    "0999-05-06 01:02:03",
];

/// A statement that changes tokens in one of the ways there are.
fn statement() -> impl Strategy<Value = String> {
    let or = prop::sample::select(&["", "OR REPLACE", "OR IGNORE", "OR FAIL", "OR ABORT", "OR ROLLBACK"][..]);
    let moment = prop::sample::select(&MOMENTS[..]);
    (0..14_u8, or, 1..12_i64, 1..12_i64, moment, any::<bool>()).prop_map(|(kind, or, id, other, moment, used)| {
        let used_at = if used { "'2024-01-01'" } else { "NULL" };
        match kind {
            0..=2 => insert(or, &id.to_string(), other, moment, used),
            3 => insert(or, "NULL", other, moment, used),
            4 => format!("UPDATE {or} tokens SET used_at = {used_at} WHERE id = {id}"),
            5 => format!("UPDATE {or} tokens SET created_at = '{moment}', used_at = {used_at} WHERE id <= {id}"),
            6 => format!("UPDATE {or} tokens SET user_id = {other} WHERE id = {id}"),
            7 => format!("UPDATE {or} tokens SET id = {other}, user_id = {id} WHERE id = {id}"),
            8 => format!("UPDATE {or} tokens SET rowid = {other} WHERE id = {id}"),
            9 => format!("DELETE FROM tokens WHERE id = {id} OR user_id = {other}"),
            10 => format!(
                "{} ON CONFLICT (id) DO UPDATE SET used_at = {used_at}, user_id = excluded.user_id, id = {id}",
                insert("", &other.to_string(), id, moment, used)
            ),
            11 => format!("REPLACE INTO tokens SELECT id + 1, user_id, token, created_at, {used_at} FROM tokens"),
            12 => format!(
                "BEGIN; {}; SAVEPOINT a; DELETE FROM tokens WHERE id = {id}; ROLLBACK TO a; COMMIT",
                insert("OR REPLACE", &id.to_string(), other, moment, used)
            ),
            _ => format!("BEGIN; DELETE FROM tokens; {}", if used { "ROLLBACK" } else { "COMMIT" }),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_change_counts_at_once(recursive: bool, statements in prop::collection::vec(statement(), 1..40)) {
        let mut pair = Pair::new();
        pair.run(&format!("PRAGMA recursive_triggers = {recursive}"));
        for statement in &statements {
            pair.run(statement);
            pair.expect_counting(Counting::Rollup, statement);
        }
    }
}

/// Nothing that SQLite takes without the triggers fails with them.
#[test]
fn no_writer_fails_for_the_roll_ups() {
    let mut pair = Pair::new();
    for statement in [
        "INSERT INTO tokens (user_id, token, created_at) VALUES ('nobody', 'a', x'ff00'), (1.5, 'a', 17), (2, 'a', '')",
        "INSERT INTO tokens (user_id, token) VALUES (9223372036854775807, 'a'), (-1, 'b')",
        "UPDATE tokens SET created_at = 'yesterday', user_id = 'him' WHERE user_id = 2",
        "PRAGMA recursive_triggers = on",
        "INSERT INTO tokens VALUES (77, 1, 'a', '2023-02-07', NULL)",
        "INSERT OR REPLACE INTO tokens VALUES (77, 2, 'a', '2023-02-08', 'now')",
        "PRAGMA recursive_triggers = off",
        "DELETE FROM tokens",
        MANY,
        "UPDATE tokens SET created_at = datetime(created_at, '-1 day'), user_id = 10 - user_id",
        "UPDATE OR REPLACE tokens SET rowid = 3 WHERE id = 1",
        "UPDATE OR REPLACE tokens SET id = 4 WHERE id = 5",
        "DELETE FROM tokens WHERE id % 2 = 0",
    ] {
        assert!(pair.run(statement), "{statement}");
        pair.expect_counting(Counting::Rollup, statement);
    }
}
