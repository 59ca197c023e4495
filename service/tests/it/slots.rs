//! The store's `slots`: what both databases count, against a count that is made here.

use std::collections::BTreeMap;
use std::sync::Arc;

use service::reports::{Grain, Moment, Slot, Span};

use crate::harness::{Backend, block_on};

/// When tokens were made, and whether they were used.
const TOKENS: [(&str, bool); 12] = [
    ("-infinity", true),
    ("0999-05-06 01:02:03", true),
    ("2023-02-06 23:59:59.999999", true),
    ("2023-02-07 00:00:00", false),
    ("2023-02-07 00:00:00.000001", true),
    ("2023-02-07 10:14:59.999999", true),
    ("2023-02-07 10:15:00", true),
    ("2023-02-07 10:59:59", false),
    ("2023-02-07 23:45:30.25", true),
    ("2023-02-08 00:00:00", true),
    ("9999-12-31 23:59:59", true),
    ("infinity", true),
];

fn moment(text: &str) -> Moment {
    Moment::from_text(text).unwrap()
}

fn insert(created: &str, used: bool) -> String {
    let used = if used { "'2024-01-01 00:00:00'" } else { "NULL" };
    format!("INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, 'a', '{created}', {used});")
}

/// What is expected of `tokens`: their starts, all of them, and those used.
fn counted(tokens: &[(&str, bool)], span: Span, grain: Grain) -> Vec<(Moment, i64, i64)> {
    let mut slots: BTreeMap<Moment, (i64, i64)> = BTreeMap::new();
    let finite = tokens.iter().filter(|(created, _)| !created.ends_with("infinity"));
    for (created, used) in finite.filter(|(created, _)| span.contains(moment(created))) {
        let slot = slots.entry(grain.begin(moment(created))).or_default();
        *slot = (slot.0 + 1, slot.1 + i64::from(*used));
    }
    slots.into_iter().map(|(start, (tokens, visits))| (start, tokens, visits)).collect()
}

fn sorted(slots: Arc<[Slot]>) -> Vec<(Moment, i64, i64)> {
    let mut slots: Vec<_> = slots.iter().map(|slot| (slot.start, slot.tokens, slot.visits)).collect();
    slots.sort();
    slots
}

#[test]
fn are_what_was_made_within_the_span() {
    for backend in Backend::ALL {
        let rows: String = TOKENS.iter().map(|(created, used)| insert(created, *used)).collect();
        // Before Christ, and beyond every span: no report of another time fails by it.
        let fixture = backend.with(&(rows + &insert(backend.before_christ(), true)));
        let store = fixture.store();
        let spans = [
            (Grain::Day, "2023-02-07", "2023-02-08"),
            (Grain::Day, "0001-01-01", "9999-12-31"),
            (Grain::Hour, "2023-02-06 23:00", "2023-02-07 11:00"),
            (Grain::Quarter, "2023-02-07 10:15", "2023-02-07 10:30"),
            (Grain::Quarter, "2023-02-06 18:45", "2023-02-08 18:15"),
            (Grain::Second, "2023-02-07 10:14:59", "2023-02-07 10:15:00"),
            (Grain::Second, "0999-05-06 01:02:03", "2023-02-07 10:15:01"),
            (Grain::Hour, "2024-01-01", "2024-01-01"),
        ];
        for (grain, from, to) in spans {
            let span = Span { from: moment(from), to: moment(to) };
            let slots = sorted(block_on(store.slots(span, grain)).unwrap());
            assert_eq!(slots, counted(&TOKENS, span, grain), "{backend:?} {grain:?} {from} {to}");
        }
    }
}

/// What people write by hand into the embedded database.
#[test]
fn know_every_spelling_of_a_moment_in_the_embedded_database() {
    let spellings = ["2023-02-07", "2023-02-07 00:00", "2023-02-07T10:11", "2023-02-07T10:11:12.1"];
    let rows: String = spellings.iter().map(|created| insert(created, true)).collect();
    let fixture = Backend::Sqlite.with(&rows);
    let span = Span { from: moment("2023-02-07"), to: moment("2023-02-08") };
    for (grain, expected) in [
        (Grain::Day, vec![("2023-02-07", 4)]),
        (Grain::Hour, vec![("2023-02-07", 2), ("2023-02-07 10:00", 2)]),
        (Grain::Quarter, vec![("2023-02-07", 2), ("2023-02-07 10:00", 2)]),
        (Grain::Second, vec![("2023-02-07", 2), ("2023-02-07 10:11", 1), ("2023-02-07 10:11:12", 1)]),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|(start, count)| (moment(start), count, count)).collect();
        assert_eq!(sorted(block_on(fixture.store().slots(span, grain)).unwrap()), expected, "{grain:?}");
    }
}
