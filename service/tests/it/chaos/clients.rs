//! Clients that ask all the time, and keep the worst that they see.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::table::{Notice, Row};
use crate::harness::Program;

/// Clients of the reports.
const CLIENTS: usize = 16;

/// How long a client waits for what never comes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asks once, on a connection of its own, and gives the status.
pub(super) fn ask(port: u16, path: &str) -> io::Result<u16> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status =
        answer.get(9..12).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    // Who is turned away is told when to come back.
    assert!(
        status != 503 || answer.contains("Retry-After: ") || answer.contains("retry-after: "),
        "{answer}"
    );
    Ok(status)
}

#[derive(Default)]
struct Worst {
    requests: usize,
    failed: BTreeMap<u16, usize>,
    cut: usize,
    slowest: Duration,
}

impl Worst {
    fn note(&mut self, start: Instant, answer: io::Result<u16>) {
        self.requests += 1;
        self.slowest = self.slowest.max(start.elapsed());
        match answer {
            Ok(200) => {}
            Ok(status) => *self.failed.entry(status).or_default() += 1,
            Err(_) => self.cut += 1,
        }
    }

    /// Asks for `path` until told to stop.
    fn of(port: u16, path: &str, pause: Duration, stop: &AtomicBool) -> Worst {
        let mut worst = Worst::default();
        while !stop.load(Ordering::Relaxed) {
            let start = Instant::now();
            worst.note(start, ask(port, path));
            thread::sleep(pause);
        }
        worst
    }
}

/// The slowest answer of a service that does nothing: what the machine takes for a connection, while it is busy.
fn machine(stop: &AtomicBool) -> Duration {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut client in listener.incoming().map_while(Result::ok) {
            let mut asked = [0; 64];
            let _ = client.read(&mut asked).and_then(|_| client.write_all(b"HTTP/1.1 200 OK\r\n\r\n"));
            if asked.starts_with(b"GET /end") {
                break;
            }
        }
    });
    let worst = Worst::of(port, "/", Duration::from_millis(20), stop);
    let _ = ask(port, "/end");
    worst.slowest
}

/// What clients notice while `disturb` does its work; it returns when the fault is over.
pub(super) fn watch(program: &Program, fault: &'static str, may: Notice, disturb: impl FnOnce()) -> Row {
    watch_some(program, fault, may, CLIENTS, disturb)
}

/// The same, with so many clients of the reports.
pub(super) fn watch_some(
    program: &Program,
    fault: &'static str,
    may: Notice,
    clients: usize,
    disturb: impl FnOnce(),
) -> Row {
    let (port, stop, threads) = (program.port, AtomicBool::new(false), AtomicUsize::new(0));
    let (stop, threads) = (&stop, &threads);
    thread::scope(|scope| {
        let reports: Vec<_> = (0..clients)
            .map(|client| {
                let path = ["/api/reports/daily_usage", "/api/reports/user_visits"][client % 2];
                scope.spawn(move || Worst::of(port, path, Duration::from_millis(10), stop))
            })
            .collect();
        let health = scope.spawn(|| Worst::of(port, "/health_check", Duration::from_millis(20), stop));
        let machine = scope.spawn(|| machine(stop));
        let counted = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                threads.fetch_max(program.threads(), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(50));
            }
        });
        disturb();
        let over = Instant::now();
        let paths = ["/readiness_check", "/api/reports/daily_usage", "/api/reports/user_visits"];
        while !paths.iter().all(|path| matches!(ask(port, path), Ok(200))) {
            assert!(over.elapsed() < PATIENCE, "{fault}: it is never good again");
            thread::sleep(Duration::from_millis(5));
        }
        let good_again = over.elapsed();
        stop.store(true, Ordering::Relaxed);
        let mut worst = Worst::default();
        let health = health.join().unwrap();
        let slowest = health.slowest;
        for seen in reports.into_iter().map(|client| client.join().unwrap()).chain([health]) {
            worst.requests += seen.requests;
            seen.failed.iter().for_each(|(status, count)| *worst.failed.entry(*status).or_default() += count);
            worst.cut += seen.cut;
            worst.slowest = worst.slowest.max(seen.slowest);
        }
        counted.join().unwrap();
        Row {
            fault,
            may,
            requests: worst.requests,
            failed: worst.failed,
            cut: worst.cut,
            slowest: worst.slowest,
            health: slowest,
            machine: machine.join().unwrap(),
            good_again,
            threads: threads.load(Ordering::Relaxed),
        }
    })
}
