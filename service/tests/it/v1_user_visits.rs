//! `GET /api/v1/reports/user-visits`, on both databases.

use serde_json::{Value, json};

use crate::harness::{Answer, Backend, Fixture};

const PATH: &str = "/api/v1/reports/user-visits";

const ROWS: &str = "
    INSERT INTO users (id, first_name, last_name, joined_at) VALUES
        (1, 'Ada', 'Lovelace', '2023-01-01 10:11:12.1'), (2, '=1+1', 'O, \"B\"', '2023-01-02'),
        (3, '<script>', 'Dvořák', 'infinity'), (4, 'Di', 'Never', '2023-01-04');
    INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
        (3, 'a', '2023-02-07 00:00:00', '2023-02-08'), (3, 'b', '2023-02-08 00:00:00', '2023-02-08'),
        (3, 'c', 'infinity', '2023-02-08'), (1, 'd', '2023-02-07 23:59:59', '2023-02-08'),
        (1, 'e', '2023-02-07 12:00:00', NULL), (7, 'f', '2023-02-07 18:30:00', '2023-02-08'),
        (2, 'g', '2023-02-06 23:59:59', NULL);";

fn get(fixture: &Fixture, path: &str) -> Answer {
    let answer = fixture.program.get(path);
    assert_eq!(answer.status, 200, "{path} {answer:?}");
    answer
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

/// The numbers of the users, in order.
fn ids(report: &Value) -> Vec<i64> {
    report["data"].as_array().unwrap().iter().map(|row| row["user_id"].as_i64().unwrap()).collect()
}

#[test]
fn tells_who_came_how_often() {
    for backend in Backend::ALL {
        let fixture = backend.with(ROWS);
        let report = json_of(&get(&fixture, PATH));
        assert_eq!(ids(&report), [1, 2, 3, 7], "{backend:?}");
        assert_eq!(
            report["data"][0],
            json!({
                "user_id": 1, "first_name": "Ada", "last_name": "Lovelace",
                "joined_at": "2023-01-01T10:11:12.100000Z", "visits": 1, "tokens": 2,
            })
        );
        assert_eq!(report["data"][2]["joined_at"], "9999-12-31T23:59:59.999999Z");
        assert_eq!(report["data"][3]["joined_at"], Value::Null);
        let meta = json!({ "from": null, "to": null, "tz": "UTC", "sort": "user_id", "limit": 100 });
        assert_eq!((&report["meta"], &report["next"]), (&meta, &Value::Null));
    }
}

#[test]
fn counts_within_a_range_where_the_zone_has_it() {
    for backend in Backend::ALL {
        let fixture = backend.with(ROWS);
        for (query, expected) in [
            ("from=2023-02-07&to=2023-02-08", vec![1, 3, 7]),
            ("from=2023-02-07&to=2023-02-08&tz=Asia/Kolkata", vec![1, 2, 3]),
            ("to=2023-02-07", vec![2]),
            ("from=2023-02-08", vec![3]),
            ("from=2024-01-01&to=2024-01-02", vec![]),
        ] {
            assert_eq!(
                ids(&json_of(&get(&fixture, &format!("{PATH}?{query}")))),
                expected,
                "{backend:?} {query}"
            );
        }
    }
}

#[test]
fn pages_follow_each_other() {
    for backend in Backend::ALL {
        let fixture = backend.with(ROWS);
        for (query, expected) in [
            ("limit=1", vec![1, 2, 3, 7]),
            ("limit=3", vec![1, 2, 3, 7]),
            ("limit=4", vec![1, 2, 3, 7]),
            ("limit=2&sort=-visits", vec![3, 1, 7, 2]),
            ("sort=-visits&limit=1&from=2023-02-01&to=2023-03-01", vec![3, 1, 7, 2]),
        ] {
            let mut seen = Vec::new();
            let mut next = Some(format!("{PATH}?{query}"));
            while let Some(path) = next {
                let answer = get(&fixture, &path);
                let report = json_of(&answer);
                seen.extend(ids(&report));
                next = report["next"].as_str().map(str::to_owned);
                let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
                assert_eq!(answer.header("Link"), link.as_deref());
                let csv = get(&fixture, &format!("{path}&format=csv"));
                assert_eq!(csv.body.lines().count(), ids(&report).len() + 1);
                assert!(seen.len() <= expected.len(), "{path}");
            }
            assert_eq!(seen, expected, "{backend:?} {query}");
        }
    }
}

#[test]
fn a_cursor_is_good_for_its_question_alone() {
    let fixture = Backend::Sqlite.with(ROWS);
    let next = json_of(&get(&fixture, &format!("{PATH}?limit=1")))["next"].as_str().unwrap().to_owned();
    get(&fixture, &next.replace("limit=1", "limit=2"));
    for other in [
        format!("{next}&sort=-visits"),
        format!("{next}&from=2023-01-01"),
        next.replace("cursor=A", "cursor=B"),
        format!("{}AAAA", next),
    ] {
        let answer = fixture.program.get(&other);
        let problem = json_of(&answer);
        assert_eq!((answer.status, &problem["errors"][0]["parameter"]), (422, &"cursor".into()), "{other}");
    }
    for malformed in
        ["cursor=x", "cursor=", "limit=0", "limit=10001", "limit=1.5", "limit=%2B5", "sort=visits"]
    {
        assert_eq!(fixture.program.get(&format!("{PATH}?{malformed}")).status, 400, "{malformed}");
    }
}

#[test]
fn csv_runs_no_formula() {
    for backend in Backend::ALL {
        let fixture = backend.with(ROWS);
        let answer = fixture.program.send("GET", PATH, "Accept: text/csv\r\n");
        let expected = [
            "user_id,first_name,last_name,joined_at,visits,tokens",
            "1,Ada,Lovelace,2023-01-01T10:11:12.100000Z,1,2",
            "2,'=1+1,\"O, \"\"B\"\"\",2023-01-02T00:00:00Z,0,1",
            "3,<script>,Dvořák,9999-12-31T23:59:59.999999Z,3,3",
            "7,,,,1,1",
            "",
        ];
        assert_eq!(answer.body, expected.join("\r\n"), "{backend:?}");
        assert_eq!(answer.header("Content-Disposition"), Some("attachment; filename=\"user_visits.csv\""));
    }
}

#[test]
fn fails_alone_outside_of_the_calendar() {
    for backend in Backend::ALL {
        let fixture = backend.with(ROWS);
        fixture.run(&format!("UPDATE users SET joined_at = '{}' WHERE id = 1", backend.before_christ()));
        assert_eq!(fixture.program.get(PATH).status, 500, "{backend:?}");
        assert_eq!(fixture.program.get(&format!("{PATH}?from=2023-02-08")).status, 200, "{backend:?}");
    }
}
