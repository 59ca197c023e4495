//! `GET /api/v1/reports/daily-usage`, on both databases.

use serde_json::{Value, json};

use crate::harness::{Answer, Backend, Fixture};

const PATH: &str = "/api/v1/reports/daily-usage";

/// Tokens by the moment at which they were made; every second one was used.
fn rows(moments: &[&str]) -> String {
    let token = |(index, moment): (usize, &&str)| {
        let used = if index % 2 == 0 { "'2026-11-20 00:00:00'" } else { "NULL" };
        format!(
            "INSERT INTO tokens (user_id, token, created_at, used_at) VALUES (1, 'a', '{moment}', {used});"
        )
    };
    moments.iter().enumerate().map(token).collect()
}

fn json_of(answer: &Answer) -> Value {
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/json")), "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

fn get(fixture: &Fixture, query: &str) -> Value {
    json_of(&fixture.program.get(&format!("{PATH}?{query}")))
}

/// Start, visits and tokens of each row.
fn counts(report: &Value) -> Vec<(String, i64, i64)> {
    let row = |row: &Value| {
        let number = |key: &str| row[key].as_i64().unwrap();
        (row["start"].as_str().unwrap().to_owned(), number("visits"), number("tokens"))
    };
    report["data"].as_array().unwrap().iter().map(row).collect()
}

fn counted(rows: &[(&str, i64, i64)]) -> Vec<(String, i64, i64)> {
    rows.iter().map(|(start, visits, tokens)| ((*start).to_owned(), *visits, *tokens)).collect()
}

#[test]
fn tells_days_with_all_that_was_not_said() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows(&[
            "2023-02-06 23:59:59",
            "2023-02-07 00:00:00",
            "2023-02-07 12:00:00",
            "2023-02-09 00:00:00",
        ]));
        let report = get(&fixture, "from=2023-02-07&to=2023-02-09");
        assert_eq!(
            report,
            json!({
                "data": [
                    { "start": "2023-02-07", "end": "2023-02-08", "visits": 1, "tokens": 2, "complete": true },
                    { "start": "2023-02-08", "end": "2023-02-09", "visits": 0, "tokens": 0, "complete": true },
                ],
                "meta": {
                    "from": "2023-02-07", "to": "2023-02-09", "tz": "UTC", "as_of": null,
                    "granularity": "day", "fill": "zero", "compare": null,
                },
                "next": null,
            }),
            "{backend:?}"
        );
    }
}

#[test]
fn days_begin_where_the_zone_says() {
    for backend in Backend::ALL {
        let fixture =
            backend.with(&rows(&["2023-02-06 18:29:59", "2023-02-06 18:30:00", "2023-02-07 18:30:00"]));
        for (zone, expected) in [
            ("Asia/Kolkata", [("2023-02-06", 1, 1), ("2023-02-07", 0, 1), ("2023-02-08", 1, 1)]),
            ("America/New_York", [("2023-02-06", 1, 2), ("2023-02-07", 1, 1), ("2023-02-08", 0, 0)]),
        ] {
            let report = get(&fixture, &format!("from=2023-02-06&to=2023-02-09&tz={zone}"));
            assert_eq!(counts(&report), counted(&expected), "{backend:?} {zone}");
            assert_eq!(report["meta"]["tz"], zone);
        }
    }
}

#[test]
fn hours_are_those_that_the_clocks_had() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows(&["2022-10-30 00:30:00", "2022-10-30 01:30:00"]));
        let report = get(&fixture, "from=2022-10-30&to=2022-10-31&tz=Europe/Berlin&granularity=hour");
        assert_eq!(report["data"].as_array().unwrap().len(), 25);
        let twice = [("2022-10-30T02:00:00+02:00", 1, 1), ("2022-10-30T02:00:00+01:00", 0, 1)];
        assert_eq!(counts(&report)[2..4], counted(&twice), "{backend:?}");
    }
}

#[test]
fn every_granularity_counts_the_same() {
    for backend in Backend::ALL {
        let moments: Vec<String> =
            (0..200).map(|n| format!("2023-0{}-{:02} {:02}:15:00", 1 + n % 4, 1 + n % 28, n % 24)).collect();
        let fixture = backend.with(&rows(&moments.iter().map(String::as_str).collect::<Vec<_>>()));
        for granularity in ["hour", "day", "week", "month"] {
            for fill in ["zero", "none"] {
                let query = format!("from=2023-02-01&to=2023-05-01&granularity={granularity}&fill={fill}");
                let rows = counts(&get(&fixture, &query));
                assert_eq!(rows.iter().map(|row| row.2).sum::<i64>(), 150, "{backend:?} {query}");
                assert!(fill == "zero" || rows.iter().all(|row| row.2 > 0));
            }
        }
        let months = get(&fixture, "from=2023-01-01&to=2023-03-15&granularity=month");
        let complete: Vec<&Value> =
            months["data"].as_array().unwrap().iter().map(|row| &row["complete"]).collect();
        assert_eq!(complete, [true, true, false]);
    }
}

#[test]
fn compares_with_the_period_before() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows(&[
            "2023-02-05 10:00:00",
            "2023-02-06 10:00:00",
            "2023-02-07 10:00:00",
            "2022-02-07 10:00:00",
        ]));
        let report = get(&fixture, "from=2023-02-07&to=2023-02-09&compare=previous_period");
        let before = json!({ "start": "2023-02-05", "end": "2023-02-06", "visits": 1, "tokens": 1 });
        assert_eq!(report["data"][0]["previous"], before, "{backend:?}");
        let report = get(&fixture, "from=2023-02-07&to=2023-02-09&compare=previous_year&fill=none");
        let before = json!({ "start": "2022-02-07", "end": "2022-02-08", "visits": 0, "tokens": 1 });
        assert_eq!(report["data"][0]["previous"], before, "{backend:?}");
        assert_eq!(report["data"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn today_is_the_last_day_and_not_complete() {
    for backend in Backend::ALL {
        let report = get(&backend.with(""), "");
        let rows = report["data"].as_array().unwrap();
        assert_eq!(rows.len(), 30);
        assert_eq!((&rows[28]["complete"], &rows[29]["complete"]), (&true.into(), &false.into()));
        let as_of = report["meta"]["as_of"].as_str().unwrap();
        assert!(as_of.starts_with(rows[29]["start"].as_str().unwrap()), "{as_of}");
    }
}

#[test]
fn is_csv_for_those_who_want_it() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows(&["2023-02-07 10:00:00"]));
        let query = format!("{PATH}?from=2023-02-07&to=2023-02-09&tz=Asia/Tokyo");
        let by_accept = fixture.program.send("GET", &query, "Accept: text/csv\r\n");
        let by_query = fixture.program.send("GET", &format!("{query}&format=csv"), "Accept: text/html\r\n");
        for answer in [by_accept, by_query] {
            let lines = "2023-02-07,2023-02-08,1,1,true\r\n2023-02-08,2023-02-09,0,0,true\r\n";
            assert_eq!(answer.body, format!("start,end,visits,tokens,complete\r\n{lines}"), "{backend:?}");
            assert_eq!(answer.header("Content-Type"), Some("text/csv; charset=utf-8; header=present"));
            let disposition = "attachment; filename=\"daily_usage_2023-02-07_2023-02-09.csv\"";
            assert_eq!(answer.header("Content-Disposition"), Some(disposition));
            assert!(answer.header("Vary").unwrap().contains("Accept"));
        }
        assert_eq!(fixture.program.send("GET", &query, "Accept: text/html\r\n").status, 406);
    }
}

#[test]
fn is_not_sent_to_those_who_have_it() {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows(&["2023-02-07 10:00:00"]));
        let query = format!("{PATH}?from=2023-02-07&to=2023-02-09");
        let first = fixture.program.get(&query);
        let tag = first.header("ETag").unwrap();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        assert_eq!(first.header("Cache-Control"), Some("private, max-age=0, must-revalidate"));
        for method in ["GET", "HEAD"] {
            let field = format!("If-None-Match: \"other\", {tag}\r\n");
            let again = fixture.program.send(method, &query, &field);
            assert_eq!(
                (again.status, &*again.body, again.header("ETag")),
                (304, "", Some(tag)),
                "{backend:?}"
            );
            let other = fixture.program.send(method, &query, "If-None-Match: \"other\"\r\n");
            assert_eq!((other.status, other.header("ETag")), (200, Some(tag)));
            assert_eq!(other.header("Content-Length"), Some(first.body.len().to_string().as_str()));
        }
        // A token of that time that is used later: the tag is another.
        fixture.run("UPDATE tokens SET used_at = NULL");
        let changed = fixture.program.send("GET", &query, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!(changed.status, 200);
        assert_ne!(changed.header("ETag"), Some(tag));
    }
}

#[test]
fn tells_all_that_is_wrong_with_a_query() {
    let fixture = Backend::Sqlite.with("");
    let problem = |query: &str| {
        let answer = fixture.program.get(&format!("{PATH}?{query}"));
        assert_eq!(answer.header("Content-Type"), Some("application/problem+json"), "{answer:?}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["status"], answer.status);
        let errors = problem["errors"].as_array().unwrap().iter();
        let names: Vec<String> =
            errors.map(|error| error["parameter"].as_str().unwrap().to_owned()).collect();
        (answer.status, names.join(" "))
    };
    for (query, status, names) in [
        ("form=2023-01-01&granularity=year&fill=zero&fill=none&tz=%00", 400, "form fill granularity tz"),
        ("from=soon&to=2023-13-01", 400, "from to"),
        ("from=2023-02-07&to=2023-02-07", 422, "from"),
        ("tz=Europe/Lisboa&from=1990-01-01", 422, "tz from"),
        ("granularity=hour&from=2023-01-01&to=2023-12-01", 422, "granularity"),
        ("cursor=abc", 400, "cursor"),
    ] {
        assert_eq!(problem(query), (status, names.to_owned()), "{query}");
    }
    let answer = fixture.program.get(&format!("{PATH}?granularty=day"));
    assert!(answer.body.contains("is it `granularity` that you mean?"), "{}", answer.body);
}

/// The moments that no calendar has harm no report of other days.
#[test]
fn is_not_harmed_by_the_edges_of_the_calendar() {
    for backend in Backend::ALL {
        let fixture =
            backend.with(&rows(&["infinity", "-infinity", backend.before_christ(), "2023-02-07 10:00:00"]));
        for query in ["from=2023-02-07&to=2023-02-08", "from=2023-02-07&to=2023-02-08&tz=Asia/Kathmandu"] {
            assert_eq!(counts(&get(&fixture, query)), counted(&[("2023-02-07", 0, 1)]), "{backend:?}");
        }
        get(&fixture, "from=0001-01-01&to=0001-02-01&compare=previous_year&tz=Pacific/Kiritimati");
        get(&fixture, "from=9999-12-01&to=9999-12-31&granularity=hour&tz=Pacific/Pago_Pago");
    }
}
