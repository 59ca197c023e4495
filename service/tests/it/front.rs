//! What never reaches a route: requests that cannot be read, and connections too many.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{Answer, Program, exchange};

fn start(variables: &[(&'static str, &str)]) -> Program {
    let folder = tempfile::tempdir().unwrap();
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Program::start(folder.path(), &variables)
}

fn problem(answer: &Answer) -> Value {
    assert_eq!(answer.header("Content-Type"), Some("application/problem+json"), "{answer:?}");
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["status"], answer.status);
    assert_eq!(problem["request_id"].as_str(), answer.header("X-Request-Id"));
    problem
}

#[test]
fn what_is_no_request_is_told_in_the_envelope() {
    let mut program = start(&[]);
    let long = "a".repeat(20_000);
    let many: String = (0..101).map(|count| format!("X-{count}: 1\r\n")).collect();
    for (request, status) in [
        ("nonsense\r\n\r\n".to_owned(), 400),
        ("GET /health_check HTTP/3.0\r\nHost: a\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n".to_owned(), 400),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0".to_owned(), 400),
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), 414),
        (format!("GET /health_check HTTP/1.1\r\nX: {long}\r\n\r\n"), 431),
        (format!("GET /health_check HTTP/1.1\r\n{many}\r\n"), 431),
    ] {
        let answer = exchange(program.port, &request);
        assert_eq!(answer.status, status, "{request:.40}");
        assert_eq!(answer.header("Connection"), Some("close"));
        let told = problem(&answer);
        let line = program.wait_for(told["request_id"].as_str().unwrap());
        assert_eq!((&line["method"], &line["status"]), (&"unknown".into(), &status.into()));
    }
    assert_eq!(program.get("/health_check").status, 200);
}

/// The answers that stand before it in the pipeline arrive.
#[test]
fn nonsense_after_a_request_does_not_take_its_answer_back() {
    let program = start(&[]);
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
    stream.write_all(b"GET /health_check HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("\r\n\r\nok"), "{answer}");
    assert_eq!(answer.matches("HTTP/1.1 400").count(), 1, "{answer}");
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let program = start(&[]);
    let one = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nHost: a\r\n{more}\r\n");
    let all = one("/health_check", "")
        + &one("/nope", "")
        + &one("/api/reports/daily_usage", "Connection: close\r\n");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
    stream.write_all(all.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let statuses: Vec<_> = answer.matches("HTTP/1.1 ").zip(answer.split("HTTP/1.1 ").skip(1)).collect();
    let statuses: Vec<_> = statuses.iter().map(|(_, rest)| &rest[..3]).collect();
    assert_eq!(statuses, ["200", "404", "200"], "{answer}");
}

/// As `nc -N` does.
#[test]
fn who_has_said_all_still_listens() {
    let program = start(&[]);
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
    stream.write_all(b"GET /api/reports/daily_usage HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

/// A close with unread bytes would take the answer back.
#[test]
fn a_long_body_does_not_cost_the_answer() {
    let program = start(&[]);
    let body = "x".repeat(200_000);
    let head = "POST /health_check HTTP/1.1\r\nHost: a\r\nConnection: close";
    let answer = exchange(program.port, &format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    assert_eq!(answer.status, 405);
}

#[test]
fn a_newcomer_takes_the_place_of_who_has_waited_longest() {
    let program = start(&[("MAX_CONNECTIONS", "10")]);
    let mut idle: Vec<_> =
        (0..30).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap()).collect();
    for _ in 0..30 {
        assert_eq!(program.get("/health_check").status, 200);
    }
    let oldest = &mut idle[0];
    oldest.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert_eq!(oldest.read(&mut [0]).unwrap(), 0, "it is closed");
}

#[test]
fn one_address_has_no_more_than_its_share() {
    let program = start(&[("MAX_CONNECTIONS_PER_ADDRESS", "2")]);
    let mut idle: Vec<_> =
        (0..3).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap()).collect();
    idle[0].set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert_eq!(idle[0].read(&mut [0]).unwrap(), 0, "it is closed");
}

#[test]
fn time_that_a_client_may_take() {
    let limits = [("HEAD_TIMEOUT_SECONDS", "1"), ("KEEP_ALIVE_SECONDS", "3")];
    let program = start(&limits);
    let connect = || {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    };
    let ends = |mut stream: TcpStream| {
        let start = Instant::now();
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        (rest, start.elapsed().as_secs_f64())
    };
    let silent = connect();
    let (answer, seconds) = ends(silent);
    assert_eq!(answer, "");
    assert!((0.8..2.5).contains(&seconds), "{seconds}");

    let mut half = connect();
    half.write_all(b"GET /health_check HTTP/1.1\r\nHost:").unwrap();
    let (answer, seconds) = ends(half);
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
    assert!((0.8..2.5).contains(&seconds), "{seconds}");

    let mut idle = connect();
    idle.write_all(b"GET /health_check HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    let (answer, seconds) = ends(idle);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("ok"), "{answer}");
    assert!((2.8..5.0).contains(&seconds), "{seconds}");
}

/// A program with two embedded visits answers within its own bounds, however slowly it is asked.
#[test]
fn a_head_that_drips_is_cut_off_and_others_are_answered() {
    let program = start(&[("HEAD_TIMEOUT_SECONDS", "1")]);
    let mut drip = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
    drip.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let start = Instant::now();
    let mut seen = String::new();
    // Each byte is answered by silence, until the whole head is late.
    for byte in b"GET /health_check HTTP/1.1\r\nHost: drip".iter().cycle() {
        let mut buffer = [0; 1024];
        if drip.write_all(&[*byte]).is_err() {
            break;
        }
        match drip.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => seen.push_str(&String::from_utf8_lossy(&buffer[..count])),
            Err(_) => assert_eq!(program.get("/health_check").status, 200),
        }
        assert!(start.elapsed() < Duration::from_secs(10), "it is never cut off");
    }
    assert!(seen.starts_with("HTTP/1.1 408"), "{seen}");
}
