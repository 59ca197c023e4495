//! `GET /api/v1/reports/summary` and the list of reports, on both databases.

use serde_json::{Value, json};

use crate::harness::Backend;

const PATH: &str = "/api/v1/reports/summary";

/// Two days of a pair of tokens and one of a single one, after three days with one each.
const ROWS: &str = "
    INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
        (1, 'a', '2023-02-07 10:00:00', '2023-02-08'), (1, 'b', '2023-02-07 11:00:00', NULL),
        (2, 'c', '2023-02-08 10:00:00', '2023-02-08'), (1, 'd', '2023-02-08 11:00:00', '2023-02-08'),
        (1, 'e', '2023-02-10 10:00:00', '2023-02-10'),
        (1, 'f', '2023-02-03 10:00:00', '2023-02-08'), (1, 'g', '2023-02-04 10:00:00', NULL),
        (1, 'h', '2023-02-05 23:30:00', '2023-02-08');";

#[test]
fn sums_up_a_range() {
    for backend in Backend::ALL {
        let fixture = backend.with(ROWS);
        let answer = fixture.program.get(&format!("{PATH}?from=2023-02-07&to=2023-02-11"));
        assert_eq!(answer.status, 200, "{answer:?}");
        let report: Value = serde_json::from_str(&answer.body).unwrap();
        let expected = json!({
            "visits": 4, "tokens": 5, "days": 4, "active_days": 3, "average_per_day": 1.0,
            "peak": { "day": "2023-02-08", "visits": 2 },
            "previous": {
                "visits": 2, "tokens": 3, "days": 4, "active_days": 2, "average_per_day": 0.5,
                "peak": { "day": "2023-02-03", "visits": 1 },
            },
            "change": { "visits": 1.0, "tokens": 0.6667 },
        });
        assert_eq!(report["data"], expected, "{backend:?}");
        let csv = fixture.program.get(&format!("{PATH}?from=2023-02-07&to=2023-02-11&format=csv")).body;
        assert!(csv.ends_with("2023-02-07,2023-02-11,4,5,4,3,1,2023-02-08,2,2,3,1,0.6667\r\n"), "{csv}");
    }
}

#[test]
fn says_nothing_of_nothing() {
    for backend in Backend::ALL {
        let answer = backend.with("").program.get(&format!("{PATH}?compare=previous_year"));
        let report: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(report["data"]["change"], json!({ "visits": null, "tokens": null }), "{backend:?}");
        assert_eq!(report["data"]["peak"], Value::Null);
        assert_eq!(report["meta"]["compare"], "previous_year");
    }
}

#[test]
fn a_list_tells_what_reports_there_are() {
    let program = Backend::Sqlite.with("").program;
    let list: Value = serde_json::from_str(&program.get("/api/v1").body).unwrap();
    for report in list["reports"].as_array().unwrap() {
        assert_eq!(program.get(report["path"].as_str().unwrap()).status, 200);
        assert!(!report["summary"].as_str().unwrap().is_empty());
    }
    assert_eq!(list["reports"].as_array().unwrap().len(), 3);
    assert_eq!(program.get("/api/v1?x=1").status, 400);
    assert_eq!(program.get("/api/v1/").status, 404);
}
