//! Methods other than GET: the same for every endpoint.

use service_settings::{DAILY_USAGE_PATH, HEALTH_PATH, READINESS_PATH, USER_VISITS_PATH};

use crate::harness::{Backend, exchange};

const PATHS: [&str; 4] = [HEALTH_PATH, READINESS_PATH, DAILY_USAGE_PATH, USER_VISITS_PATH];
const ALLOW: Option<&str> = Some("GET, HEAD, OPTIONS");

#[test]
fn head_tells_the_length_and_sends_nothing() {
    let program = Backend::Sqlite.with("").program;
    for path in PATHS {
        let (head, get) = (program.send("HEAD", path, ""), program.get(path));
        assert_eq!((head.status, &*head.body), (200, ""), "{path}");
        assert_eq!(head.header("Content-Length"), Some(get.body.len().to_string().as_str()));
        assert_eq!(head.header("Content-Type"), get.header("Content-Type"));
    }
}

#[test]
fn options_tells_what_is_allowed() {
    let program = Backend::Sqlite.with("").program;
    for path in PATHS {
        let answer = program.send("OPTIONS", path, "");
        assert_eq!((answer.status, &*answer.body), (200, ""), "{path}");
        assert_eq!(answer.header("Allow"), ALLOW);
        assert_eq!(answer.header("Content-Length"), Some("0"));
    }
}

#[test]
fn all_others_are_refused() {
    let program = Backend::Sqlite.with("").program;
    for path in PATHS.into_iter().chain(["//health_check", "/%68ealth_check?x=1"]) {
        for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "FOO", "PROPFIND"] {
            let answer = program.send(method, path, "");
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("Allow"), ALLOW, "{method} {path}");
            assert!(answer.header("X-Request-Id").is_some(), "{method} {path}");
        }
    }
}

/// Rocket would make a GET of it.
#[test]
fn a_form_does_not_change_the_method() {
    let program = Backend::Sqlite.with("").program;
    for form in ["_method=get", "_method=GET&x=1"] {
        let head = "POST /health_check HTTP/1.1\r\nHost: a\r\nConnection: close";
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let answer = exchange(
            program.port,
            &format!("{head}\r\n{kind}\r\nContent-Length: {}\r\n\r\n{form}", form.len()),
        );
        assert_eq!(answer.status, 405, "{form}");
    }
}

#[test]
fn a_refused_verb_is_logged() {
    let mut program = Backend::Sqlite.with("").program;
    program.send("FOO", "/health_check", "X-Request-Id: from-the-client\r\n");
    let line = program.wait_for("from-the-client");
    assert_eq!((&line["method"], &line["status"]), (&"unknown".into(), &405.into()));
}

#[test]
fn a_request_is_one_line_of_the_log() {
    let mut program = Backend::Sqlite.with("").program;
    program.send("HEAD", "/%68ealth_check?secret=1", "X-Request-Id: from-the-client\r\n");
    let line = program.wait_for("from-the-client");
    assert_eq!((&line["method"], &line["route"]), (&"HEAD".into(), &"/health_check".into()));
    assert_eq!((&line["status"], &line["level"]), (&200.into(), &"INFO".into()));
    assert!(line["duration_ms"].is_number() && line["timestamp"].is_string(), "{line}");
    assert!(!line.to_string().contains("secret"), "{line}");
}
