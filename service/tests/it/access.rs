//! Who may ask for what.

use std::process::Stdio;

use service_settings::{DAILY_USAGE_PATH, HEALTH_PATH, READINESS_PATH, USER_VISITS_PATH};
use tempfile::TempDir;

use crate::harness::{Program, SECRET, command, token};

/// A service that wants tokens, and its folder.
fn guarded(more: &[(&'static str, &str)]) -> (Program, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut variables = vec![("AUTH_MODE", "jwt".to_owned()), ("SHARED_JWT_SECRET", SECRET.to_owned())];
    variables.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    (Program::start(folder.path(), &variables), folder)
}

fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

#[test]
fn a_role_opens_what_it_is_for() {
    let (program, _folder) = guarded(&[]);
    for (roles, daily_usage, user_visits) in
        [(&["analyst"][..], 200, 403), (&["admin"], 200, 200), (&["ops"], 403, 403), (&[], 403, 403)]
    {
        let headers = bearer(&token(SECRET, "ada", roles));
        assert_eq!(program.send("GET", DAILY_USAGE_PATH, &headers).status, daily_usage, "{roles:?}");
        assert_eq!(program.send("HEAD", DAILY_USAGE_PATH, &headers).status, daily_usage, "{roles:?}");
        assert_eq!(program.send("GET", USER_VISITS_PATH, &headers).status, user_visits, "{roles:?}");
    }
}

#[test]
fn without_a_token_there_are_the_probes() {
    let (program, _folder) = guarded(&[]);
    for path in [HEALTH_PATH, READINESS_PATH] {
        assert_eq!(program.get(path).status, 200);
    }
    for path in [DAILY_USAGE_PATH, USER_VISITS_PATH] {
        let answer = program.get(path);
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("Content-Type"), Some("application/problem+json"));
        assert_eq!(answer.header("WWW-Authenticate"), Some("Bearer realm=\"coworking-analytics\""));
        // What may be asked at all is no secret.
        assert_eq!(program.send("OPTIONS", path, "").status, 200);
        assert_eq!(program.send("POST", path, "").status, 405);
    }
}

#[test]
fn a_refusal_says_what_to_do() {
    let (program, _folder) = guarded(&[]);
    let other = "another secret that has thirty-two bytes";
    let wrong = program.send("GET", DAILY_USAGE_PATH, &bearer(&token(other, "ada", &["admin"])));
    assert_eq!(wrong.status, 401);
    let challenge = wrong.header("WWW-Authenticate").unwrap();
    assert!(
        challenge.ends_with("error=\"invalid_token\", error_description=\"the token's signature is wrong\"")
    );
    let poor = program.send("GET", USER_VISITS_PATH, &bearer(&token(SECRET, "ada", &["analyst"])));
    assert_eq!(poor.status, 403);
    assert!(poor.body.contains("needs a token with the role `admin`"), "{}", poor.body);
    assert!(poor.header("WWW-Authenticate").unwrap().contains("insufficient_scope"));
    for headers in
        ["Authorization: Basic YTpi\r\n", "Authorization: Bearer\r\n", "Cookie: coworking_session=x\r\n"]
    {
        assert_eq!(program.send("GET", DAILY_USAGE_PATH, headers).status, 401, "{headers}");
    }
}

#[test]
fn a_browser_sends_a_cookie() {
    let (program, _folder) = guarded(&[]);
    let cookie = format!("Cookie: theme=dark; coworking_session={}\r\n", token(SECRET, "ada", &["analyst"]));
    assert_eq!(program.send("GET", DAILY_USAGE_PATH, &cookie).status, 200);
}

#[test]
fn a_secret_is_rotated_without_a_gap() {
    let old = "the secret that was in use before this";
    let (program, _folder) = guarded(&[("SHARED_JWT_SECRET_PREVIOUS", old)]);
    for secret in [SECRET, old] {
        let headers = bearer(&token(secret, "ada", &["analyst"]));
        assert_eq!(program.send("GET", DAILY_USAGE_PATH, &headers).status, 200);
    }
}

#[test]
fn the_log_says_who_asked() {
    let (mut program, _folder) = guarded(&[]);
    let headers = bearer(&token(SECRET, "ada@example.org", &["admin"])) + "X-Request-Id: who-asked\r\n";
    program.send("GET", USER_VISITS_PATH, &headers);
    let line = program.wait_for("who-asked");
    assert_eq!((&line["subject"], &line["role"]), (&"ada@example.org".into(), &"admin".into()));
}

#[test]
fn nobody_gets_in_where_nothing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for (variables, said) in [
        (vec![], "AUTH_MODE=none"),
        (vec![("SHARED_JWT_SECRET", "hunter2".to_owned())], "has 7 bytes"),
        (vec![("AUTH_MODE", "jwt".to_owned())], "neither `SHARED_JWT_SECRET` nor"),
    ] {
        let output = command(folder.path(), &variables).stdout(Stdio::piped()).output().unwrap();
        let log = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{log}");
        assert!(log.contains(said) && !log.contains("hunter2"), "{log}");
    }
    let mut open = Program::start(folder.path(), &[("AUTH_MODE", "none".to_owned())]);
    assert_eq!(open.get(USER_VISITS_PATH).status, 200);
    open.terminate();
    open.wait();
    assert!(open.seen.iter().any(|line| line.contains("everybody may ask") && line.contains("WARN")));
}
