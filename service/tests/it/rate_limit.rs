//! How often one subject may ask.

use service_settings::{DAILY_USAGE_PATH, HEALTH_PATH, READINESS_PATH};

use crate::harness::{Program, SECRET, token};

#[test]
fn who_asks_too_often_is_told_when_to_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let limit = [("RATE_LIMIT_PER_MINUTE", "2".to_owned()), ("RATE_LIMIT_PER_HOUR", "50".to_owned())];
    let program = Program::start(folder.path(), &limit);
    let ask = || program.get(DAILY_USAGE_PATH);
    let first = ask();
    assert_eq!(first.header("RateLimit-Policy"), Some("\"minute\";q=2;w=60, \"hour\";q=50;w=3600"));
    assert_eq!(first.header("RateLimit"), Some("\"minute\";r=1;t=30, \"hour\";r=49;t=72"));
    assert_eq!((first.status, ask().status), (200, 200));
    let refused = ask();
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("Content-Type"), Some("application/problem+json"));
    let wait: u32 = refused.header("Retry-After").unwrap().parse().unwrap();
    assert!((25..=30).contains(&wait), "{wait}");
    assert!(refused.header("RateLimit").unwrap().starts_with("\"minute\";r=0;"));
    for path in [HEALTH_PATH, READINESS_PATH] {
        let probe = program.get(path);
        assert_eq!((probe.status, probe.header("RateLimit")), (200, None), "{path}");
    }
}

#[test]
fn each_subject_has_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("AUTH_MODE", "jwt".to_owned()),
        ("SHARED_JWT_SECRET", SECRET.to_owned()),
        ("RATE_LIMIT_PER_MINUTE", "1".to_owned()),
    ];
    let program = Program::start(folder.path(), &variables);
    let ask = |subject| {
        let headers = format!("Authorization: Bearer {}\r\n", token(SECRET, subject, &["analyst"]));
        program.send("GET", DAILY_USAGE_PATH, &headers).status
    };
    assert_eq!([ask("ada"), ask("bob"), ask("ada")], [200, 200, 429]);
    // Guesses are counted by address.
    let guess = || program.send("GET", DAILY_USAGE_PATH, "Authorization: Bearer x.y.z\r\n").status;
    assert_eq!([guess(), guess()], [401, 429]);
}

#[test]
fn there_is_no_limit_unless_one_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &[]);
    assert_eq!(program.get(DAILY_USAGE_PATH).header("RateLimit"), None);
}
