//! Many requests, and memory that stays: `cargo xtask soak` asks a million times.

use std::env;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::thread;

use crate::harness::{Program, SECRET, token};

const CLIENTS: usize = 8;

/// Requests on one connection, before the next.
const A_CONNECTION: usize = 500;

const PATHS: [&str; 8] = [
    "/health_check",
    "/api/reports/daily_usage",
    "/nope",
    "/api/reports/user_visits",
    "/readiness_check",
    "/metrics",
    "/api/v1/reports/summary?from=2024-01-01&to=2024-02-01",
    "/api/v1/reports/daily-usage?from=1",
];

/// Asks so many times, as somebody else each time.
fn ask(program: &Program, client: usize, requests: usize) {
    let mut left = requests;
    while left > 0 {
        program.forget_log();
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
        for _ in 0..left.min(A_CONNECTION) {
            left -= 1;
            let path = PATHS[left % PATHS.len()];
            let bearer = token(SECRET, &format!("{client}-{left}"), &["admin", "ops"]);
            // In one piece: the next would wait for an acknowledgement.
            let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {bearer}\r\n\r\n");
            stream.write_all(request.as_bytes()).unwrap();
            skip_answer(&mut stream);
        }
    }
}

/// Reads one answer: all of them have a length.
fn skip_answer(stream: &mut TcpStream) {
    let mut seen = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let end = loop {
        let count = stream.read(&mut buffer).unwrap();
        assert!(count > 0, "it is cut off");
        seen.extend_from_slice(&buffer[..count]);
        if let Some(end) = seen.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(&seen[..end]).to_lowercase();
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next()).unwrap();
    let mut left = length.parse::<usize>().unwrap() - (seen.len() - end);
    while left > 0 {
        left -= stream.read(&mut buffer).unwrap();
    }
}

#[test]
fn memory_stays() {
    let requests = env::var("SOAK_REQUESTS").map_or(16_000, |requests| requests.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("AUTH_MODE", "jwt".to_owned()),
        ("SHARED_JWT_SECRET", SECRET.to_owned()),
        // Of each subject something is remembered, for a while.
        ("RATE_LIMIT_PER_HOUR", "1000000".to_owned()),
    ];
    let program = Program::start(folder.path(), &variables);
    let program = &program;
    let round = |requests: usize| {
        thread::scope(|scope| {
            (0..CLIENTS)
                .for_each(|client| drop(scope.spawn(move || ask(program, client, requests / CLIENTS))));
        });
        program.resident_bytes()
    };
    // What is allocated once, and each thread's share of it.
    let early = round(requests / 4);
    let late = round(requests - requests / 4);
    println!("{requests} requests: {early} bytes resident after a quarter of them, {late} after all");
    assert!(late <= early + early / 10 + 3_000_000, "it grew from {early} to {late} bytes");
    assert!(program.threads() <= 24, "{}", program.threads());
}
