//! `GET /api/reports/user_visits`: the bytes, on both databases.

use crate::harness::Backend;

const PATH: &str = "/api/reports/user_visits";

fn user(id: i32, joined_at: &str) -> String {
    format!(
        "INSERT INTO users (id, first_name, last_name, joined_at) VALUES ({id}, 'A', 'B', '{joined_at}');"
    )
}

fn token(user_id: i32) -> String {
    let columns = "INSERT INTO tokens (user_id, token, created_at, used_at)";
    let used = if user_id % 2 == 0 { "NULL" } else { "'2023-02-08 00:00:00'" };
    format!("{columns} VALUES ({user_id}, 'abcdef', '2023-02-07 00:00:00', {used});")
}

fn expect(rows: &[String], body: &str) {
    for backend in Backend::ALL {
        let fixture = backend.with(&rows.concat());
        let answer = fixture.program.get(PATH);
        assert_eq!((answer.status, &*answer.body), (200, body), "{backend:?}");
        assert_eq!(answer.header("Content-Type"), Some("application/json"));
        assert_eq!(answer.header("Content-Length"), Some(body.len().to_string().as_str()));
    }
}

#[test]
fn counts_all_tokens_in_the_order_of_ids() {
    let joined = "2023-01-01 00:00:00";
    let users = [10, 9, 100, 7].map(|id| user(id, joined));
    let tokens = [10, 10, 9, 100, 10].map(token);
    let entry = |id: i32, visits: i32| {
        format!("\"{id}\":{{\"joined_at\":\"2023-01-01 00:00:00\",\"visits\":{visits}}}")
    };
    let body = format!("{{{},{},{}}}\n", entry(9, 1), entry(10, 3), entry(100, 1));
    expect(&[users.concat(), tokens.concat()], &body);
}

#[test]
fn prints_six_digits_of_microseconds_or_none() {
    for (joined_at, printed) in [
        ("2023-02-07 10:11:12.1", "2023-02-07 10:11:12.100000"),
        ("2023-02-07 10:11:12.000001", "2023-02-07 10:11:12.000001"),
        ("2023-02-07 10:11:12", "2023-02-07 10:11:12"),
        ("infinity", "9999-12-31 23:59:59.999999"),
        ("-infinity", "0001-01-01 00:00:00"),
        ("0999-02-03 04:05:06", "0999-02-03 04:05:06"),
    ] {
        expect(
            &[user(1, joined_at), token(1)],
            &format!("{{\"1\":{{\"joined_at\":\"{printed}\",\"visits\":1}}}}\n"),
        );
    }
}

#[test]
fn keeps_the_entry_of_a_user_who_is_gone() {
    expect(&[token(3)], "{\"3\":{\"joined_at\":\"None\",\"visits\":1}}\n");
}

#[test]
fn is_an_empty_object_without_tokens() {
    expect(&[user(1, "2023-02-07 10:11:12")], "{}\n");
}

#[test]
fn fails_alone_outside_of_the_calendar() {
    for backend in Backend::ALL {
        let fixture = backend.with(&[user(1, backend.before_christ()), token(1)].concat());
        assert_eq!(fixture.program.get(PATH).status, 500, "{backend:?}");
        assert_eq!(fixture.program.get("/api/reports/daily_usage").body, "{\"2023-02-07\":1}\n");
    }
}
