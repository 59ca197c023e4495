//! The store's `visitors`: pages of users, on both databases.

use std::sync::Arc;

use service::reports::{Moment, Order, Page, Span, Visitor};

use crate::harness::{Backend, Database, Fixture, block_on};

const USERS: &str = "
    INSERT INTO users (id, first_name, last_name, joined_at) VALUES
        (1, 'Ada', 'Lovelace', '2023-01-01 10:11:12.1'), (2, 'Bo', 'X', '2023-01-02'),
        (3, 'Cy', 'Y', 'infinity'), (4, 'Di', 'Z', '2023-01-04');";

/// User, when, whether used: user 4 has none, and user 7 is gone.
const TOKENS: [(i64, &str, bool); 8] = [
    (3, "2023-02-07 00:00:00", true),
    (3, "2023-02-08 00:00:00", true),
    (3, "infinity", true),
    (1, "2023-02-07 23:59:59.999999", true),
    (1, "2023-02-07 12:00:00", false),
    (7, "2023-02-07 18:30:00", true),
    (2, "-infinity", true),
    (2, "2023-02-06 23:59:59", false),
];

fn rows() -> String {
    let token = |(user, created, used): &(i64, &str, bool)| {
        let used = if *used { "'2024-01-01'" } else { "NULL" };
        format!(
            "INSERT INTO tokens (user_id, token, created_at, used_at) VALUES ({user}, 'a', '{created}', {used});"
        )
    };
    USERS.to_owned() + &TOKENS.iter().map(token).collect::<String>()
}

fn span(from: &str, to: &str) -> Option<Span> {
    Some(Span { from: Moment::from_text(from).unwrap(), to: Moment::from_text(to).unwrap() })
}

fn read(fixture: &Fixture, span: Option<Span>, order: Order, limit: u32) -> Arc<[Visitor]> {
    block_on(fixture.store().visitors(Page { span, order, limit })).unwrap()
}

/// Number, tokens and visits.
fn counts(visitors: &[Visitor]) -> Vec<(i64, i64, i64)> {
    visitors.iter().map(|one| (one.user_id, one.tokens, one.visits)).collect()
}

#[test]
fn are_counted_within_the_span() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows());
        let first = Order::Id { after: None };
        for (span, expected) in [
            (None, vec![(1, 2, 1), (2, 2, 1), (3, 3, 3), (7, 1, 1)]),
            (span("2023-02-07", "2023-02-08"), vec![(1, 2, 1), (3, 1, 1), (7, 1, 1)]),
            (span("2023-02-06 18:30", "2023-02-07 18:30"), vec![(1, 1, 0), (2, 1, 0), (3, 1, 1)]),
            (span("2023-02-07 12:00", "2023-02-07 12:00:01"), vec![(1, 1, 0)]),
            (span("2024-01-01", "2025-01-01"), vec![]),
        ] {
            assert_eq!(counts(&read(&fixture, span, first, 10)), expected, "{backend:?} {span:?}");
        }
    }
}

#[test]
fn are_who_they_are() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows());
        let visitors = read(&fixture, None, Order::Id { after: None }, 10);
        let joined: Vec<_> =
            visitors.iter().map(|one| one.joined_at.map(|moment| moment.to_string())).collect();
        assert_eq!(
            joined,
            [
                Some("2023-01-01 10:11:12.100000".to_owned()),
                Some("2023-01-02 00:00:00".to_owned()),
                Some("9999-12-31 23:59:59.999999".to_owned()),
                None
            ],
            "{backend:?}"
        );
        assert_eq!(visitors[0].first_name.as_deref(), Some("Ada"));
        assert_eq!(visitors[0].last_name.as_deref(), Some("Lovelace"));
        assert_eq!(visitors[3].first_name, None);
    }
}

/// Every order, in pages of every size: all users, each once.
#[test]
fn come_in_pages() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows());
        for limit in 1..=5 {
            let (mut by_id, mut by_visits) = (Vec::new(), Vec::new());
            loop {
                let after = by_id.last().map(|(id, ..): &(i64, i64, i64)| *id);
                let page = read(&fixture, None, Order::Id { after }, limit);
                by_id.extend(counts(&page));
                if page.len() < limit as usize {
                    break;
                }
            }
            loop {
                let after = by_visits.last().map(|(id, _, visits): &(i64, i64, i64)| (*visits, *id));
                let page = read(&fixture, None, Order::Frequent { after }, limit);
                by_visits.extend(counts(&page));
                if page.len() < limit as usize {
                    break;
                }
            }
            assert_eq!(by_id, [(1, 2, 1), (2, 2, 1), (3, 3, 3), (7, 1, 1)], "{backend:?} {limit}");
            assert_eq!(by_visits, [(3, 3, 3), (1, 2, 1), (2, 2, 1), (7, 1, 1)], "{backend:?} {limit}");
        }
    }
}

#[test]
fn may_have_no_names_to_show() {
    for change in [
        "ALTER TABLE users RENAME TO people; CREATE VIEW users AS SELECT id, joined_at FROM people",
        "CREATE ROLE {reader} LOGIN PASSWORD 'secret'; GRANT SELECT ON tokens TO {reader};
         GRANT SELECT (id, joined_at) ON users TO {reader}",
    ] {
        let fixture = Backend::Postgres.with(&rows());
        let reader = format!("nameless_{}", Database::new().name);
        fixture.run(&change.replace("{reader}", &reader));
        let store = match change.contains("{reader}") {
            true => fixture.store_of(&reader, "secret"),
            false => fixture.store(),
        };
        let page = Page { span: None, order: Order::Id { after: None }, limit: 1 };
        let visitors = block_on(store.visitors(page)).unwrap();
        assert_eq!(
            (counts(&visitors), visitors[0].first_name.as_deref()),
            (vec![(1, 2, 1)], None),
            "{change}"
        );
    }
}
