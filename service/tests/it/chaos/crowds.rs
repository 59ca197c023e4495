//! Crowds of clients, slow ones and many at once.

use std::io::Write as _;
use std::net::{Ipv4Addr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::clients::{ask, watch};
use super::table::{Notice, Table};
use crate::harness::Program;

fn crowd(port: u16, size: usize, sends: &[u8]) -> Vec<TcpStream> {
    let join = |_| {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.write_all(sends).unwrap();
        stream
    };
    (0..size).map(join).collect()
}

pub(super) fn all(table: &mut Table) {
    // For both ends of the crowd's connections.
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &[("HEAD_TIMEOUT_SECONDS", "3".to_owned())]);
    let port = program.port;
    let lasts = Duration::from_secs(4);

    table.push(watch(&program, "1,000 half-open connections", Notice::Nothing, || {
        let _crowd = crowd(port, 1000, b"");
        thread::sleep(lasts);
    }));
    table.push(watch(&program, "1,000 half-sent requests", Notice::Nothing, || {
        let _crowd = crowd(port, 1000, b"GET /api/reports/daily_usage HTTP/1.1\r\nX-Half: ");
        thread::sleep(lasts);
    }));
    table.push(watch(&program, "200 clients that send a byte each half second", Notice::Nothing, || {
        let mut crowd = crowd(port, 200, b"G");
        let end = Instant::now() + lasts + lasts / 2;
        while Instant::now() < end && !crowd.is_empty() {
            thread::sleep(Duration::from_millis(500));
            crowd.retain_mut(|stream| stream.write_all(b"E").is_ok());
        }
        assert!(crowd.is_empty(), "{} are never cut off", crowd.len());
    }));
    table.push(watch(&program, "a burst of 200 clients", Notice::Nothing, || {
        thread::scope(|scope| {
            let clients: Vec<_> =
                (0..200).map(|_| scope.spawn(move || ask(port, "/api/reports/user_visits"))).collect();
            for client in clients {
                // The pool may be too small for all of them at once, and then they are told so.
                assert!(matches!(client.join().unwrap(), Ok(200 | 503)));
            }
        });
    }));
}
