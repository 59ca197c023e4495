//! `GET /api/reports/daily_usage`: the bytes, on both databases.

use crate::harness::Backend;

const PATH: &str = "/api/reports/daily_usage";

/// The report of tokens made and used at these moments.
fn expect(tokens: &[(&str, Option<&str>)], body: &str) {
    for backend in Backend::ALL {
        let fixture = backend.with(&insert(tokens));
        let answer = fixture.program.get(PATH);
        assert_eq!((answer.status, &*answer.body), (200, body), "{backend:?}");
        assert_eq!(answer.header("Content-Type"), Some("application/json"));
        assert_eq!(answer.header("Content-Length"), Some(body.len().to_string().as_str()));
    }
}

fn insert(tokens: &[(&str, Option<&str>)]) -> String {
    let one = |(created, used): &(&str, Option<&str>)| {
        let used = used.map_or_else(|| "NULL".to_owned(), |used| format!("'{used}'"));
        format!(
            "INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, 'abcdef', '{created}', {used});"
        )
    };
    tokens.iter().map(one).collect()
}

#[test]
fn counts_used_tokens_by_the_day_they_were_made() {
    let used = Some("2024-01-01 00:00:00");
    let tokens = [
        ("2023-02-08 00:00:00", used),
        ("2023-02-07 23:59:59.999999", used),
        ("2023-02-07 00:00:00", used),
        ("2023-02-07 12:00:00", None),
        ("2023-02-09 12:00:00", None),
    ];
    expect(&tokens, "{\"2023-02-07\":2,\"2023-02-08\":1}\n");
}

#[test]
fn is_an_empty_object_without_tokens() {
    expect(&[], "{}\n");
}

#[test]
fn prints_the_edges_of_the_calendar() {
    let used = Some("2024-01-01 00:00:00");
    let tokens =
        [("infinity", used), ("-infinity", used), ("0999-05-06 01:02:03", used), ("9999-01-01", used)];
    expect(&tokens, "{\"0001-01-01\":1,\"0999-05-06\":1,\"9999-01-01\":1,\"9999-12-31\":1}\n");
}

#[test]
fn fails_alone_outside_of_the_calendar() {
    for backend in Backend::ALL {
        for moment in [backend.before_christ(), "10000-01-01 00:00:00"] {
            let fixture = backend.with(&insert(&[(moment, Some("2024-01-01 00:00:00"))]));
            let answer = fixture.program.get(PATH);
            assert_eq!(answer.status, 500, "{backend:?} {moment}");
            assert_eq!(answer.header("Content-Type"), Some("application/problem+json"));
            let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(problem["status"], 500);
            assert_eq!(problem["instance"], PATH);
            assert_eq!(Some(problem["request_id"].as_str().unwrap()), answer.header("X-Request-Id"));
            let other = fixture.program.get("/api/reports/user_visits");
            assert_eq!(
                (other.status, &*other.body),
                (200, "{\"1\":{\"joined_at\":\"None\",\"visits\":1}}\n")
            );
        }
    }
}

#[test]
fn knows_every_row_that_was_committed_before() {
    for backend in Backend::ALL {
        let fixture = backend.with("");
        for count in 1..=20 {
            fixture.run(&insert(&[("2023-02-07 10:00:00", Some("2023-02-07 10:00:01"))]));
            assert_eq!(
                fixture.program.get(PATH).body,
                format!("{{\"2023-02-07\":{count}}}\n"),
                "{backend:?}"
            );
        }
    }
}
