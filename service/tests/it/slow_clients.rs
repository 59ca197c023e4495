//! Crowds of slow clients: others notice nothing.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::harness::Program;

const MANY: usize = 1000;

fn start(folder: &std::path::Path, head: &str) -> Program {
    // For both ends of the crowd's connections.
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).unwrap();
    Program::start(folder, &[("HEAD_TIMEOUT_SECONDS", head.to_owned())])
}

fn crowd(program: &Program, sends: &[u8]) -> Vec<TcpStream> {
    let join = |_| {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, program.port)).unwrap();
        stream.write_all(sends).unwrap();
        stream
    };
    (0..MANY).map(join).collect()
}

/// A hundred requests, each on a connection of its own: all are answered soon.
fn others_notice_nothing(program: &Program) {
    for _ in 0..50 {
        for path in ["/health_check", "/api/reports/daily_usage"] {
            let start = Instant::now();
            assert_eq!(program.get(path).status, 200);
            assert!(start.elapsed() < Duration::from_secs(1), "{path}: {:?}", start.elapsed());
        }
    }
}

fn all_are_cut_off(crowd: Vec<TcpStream>, within: Duration) {
    let end = Instant::now() + within;
    for mut stream in crowd {
        let left = end.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        stream.set_read_timeout(Some(left)).unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("it is cut off");
    }
}

#[test]
fn a_thousand_half_open_connections() {
    let folder = tempfile::tempdir().unwrap();
    let program = start(folder.path(), "3");
    let before = program.threads();
    let crowd = crowd(&program, b"");
    others_notice_nothing(&program);
    assert!(program.threads() <= before + 4, "{} {before}", program.threads());
    all_are_cut_off(crowd, Duration::from_secs(6));
    others_notice_nothing(&program);
}

#[test]
fn a_thousand_half_sent_requests() {
    let folder = tempfile::tempdir().unwrap();
    let program = start(folder.path(), "3");
    let crowd = crowd(&program, b"GET /api/reports/daily_usage HTTP/1.1\r\nHost: a\r\nX-Half: ");
    others_notice_nothing(&program);
    all_are_cut_off(crowd, Duration::from_secs(6));
}

/// It does not hold the end, either.
#[test]
fn half_sent_requests_do_not_hold_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = start(folder.path(), "300");
    let _crowd = crowd(&program, b"GET /health_check HTTP/1.1\r\n");
    others_notice_nothing(&program);
    let start = Instant::now();
    program.terminate();
    assert_eq!(program.wait().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}
