//! Faults of the database, of the network before it, and the end of the service itself.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;

use super::clients::{ask, watch, watch_some};
use super::table::{Notice, Row, Table};
use crate::harness::{Database, OwnServer, Program, Proxy, TABLES};

/// How long a fault lasts.
const LASTS: Duration = Duration::from_secs(4);

const ROWS: &str = "INSERT INTO users (id, first_name, last_name, joined_at) \
    SELECT n, 'Ada', 'L', '2023-01-01' FROM generate_series(1, 50) n; \
    INSERT INTO tokens (user_id, token, created_at, used_at) \
    SELECT n % 50 + 1, 'token', '2023-01-01'::timestamp + n * interval '1 hour', now() FROM generate_series(1, 2000) n";

fn start(database: &Database, port: u16, more: &[(&'static str, &str)]) -> (Program, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut variables = database.variables();
    variables.push(("DB_PORT", port.to_string()));
    variables.push(("LOG_LEVEL", "info".to_owned()));
    variables.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    (Program::start(folder.path(), &variables), folder)
}

pub(super) fn of_the_database(table: &mut Table) {
    let mut server = OwnServer::start();
    let database = server.database();
    database.run(TABLES);
    database.run(ROWS);
    let (program, _folder) = start(&database, server.port, &[]);

    table.push(watch(&program, "none", Notice::Nothing, || thread::sleep(LASTS / 2)));
    table.push(watch(&program, "database frozen", Notice::Failures, || {
        server.freeze(true);
        thread::sleep(LASTS);
        server.freeze(false);
    }));
    for (fault, pause) in [
        ("connections killed, twice a second", Duration::from_millis(500)),
        ("connections killed, ten times a second", Duration::from_millis(100)),
    ] {
        table.push(watch(&program, fault, Notice::Nothing, || {
            let mut killer = database.connect();
            let end = Instant::now() + LASTS;
            while Instant::now() < end {
                killer
                    .batch_execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                         WHERE application_name = 'coworking-analytics'",
                    )
                    .unwrap();
                thread::sleep(pause);
            }
        }));
    }
    table.push(watch_some(&program, "all connections in use, 64 clients", Notice::Failures, 64, || {
        let mut lock = database.connect();
        lock.batch_execute("BEGIN; LOCK TABLE users, tokens").unwrap();
        // A transaction more: what is in memory may be old from here on.
        database.run("SELECT txid_current()");
        thread::sleep(LASTS);
        lock.batch_execute("ROLLBACK").unwrap();
    }));
    table.push(watch(&program, "database stopped and started", Notice::Failures, || {
        server.stop();
        thread::sleep(LASTS);
        server.start_again();
    }));
    server.stop();
    drop(program);

    let (program, _folder) = start(&database, server.port, &[]);
    assert_eq!(ask(program.port, "/health_check").unwrap(), 200);
    assert_eq!(ask(program.port, "/readiness_check").unwrap(), 500);
    table.push(watch(&program, "database absent at the start", Notice::Failures, || {
        thread::sleep(LASTS / 2);
        server.start_again();
    }));
}

pub(super) fn of_the_network(table: &mut Table) {
    let database = Database::new();
    database.run(TABLES);
    database.run(ROWS);
    let proxy = Proxy::to(database.port);
    let (program, _folder) = start(&database, proxy.port, &[]);
    let lasts = |state: &dyn Fn(bool)| {
        state(true);
        thread::sleep(LASTS);
        state(false);
    };
    table.push(watch(&program, "network a black hole", Notice::Failures, || lasts(&|on| proxy.freeze(on))));
    table.push(watch(&program, "network cut", Notice::Failures, || {
        for _ in 0..10 {
            proxy.cut();
            thread::sleep(Duration::from_millis(200));
        }
    }));
    table.push(watch(&program, "network refuses", Notice::Failures, || {
        lasts(&|on| {
            proxy.refuse(on);
            proxy.cut();
        });
    }));
    let slow = Duration::from_millis(50);
    table.push(watch(&program, "network slow, 50 ms a piece", Notice::Failures, || {
        lasts(&|on| proxy.slow(if on { slow } else { Duration::ZERO }));
    }));
}

/// Asks on one connection for as long as the service keeps it, and then on the next.
fn keep_asking(port: u16, until: Instant) -> (usize, usize, Duration) {
    let (mut requests, mut failed, mut slowest) = (0, 0, Duration::ZERO);
    while Instant::now() < until {
        let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { break };
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        loop {
            let start = Instant::now();
            let asked = stream.write_all(b"GET /api/reports/daily_usage HTTP/1.1\r\nHost: a\r\n\r\n");
            let mut answer = [0; 65536];
            let count = asked.and_then(|()| stream.read(&mut answer)).unwrap_or(0);
            let head = String::from_utf8_lossy(&answer[..count]).to_lowercase();
            requests += 1;
            slowest = slowest.max(start.elapsed());
            failed += usize::from(!head.starts_with("http/1.1 200"));
            if count == 0 || head.contains("connection: close") {
                break;
            }
        }
    }
    (requests, failed, slowest)
}

pub(super) fn a_stop(table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &[("DRAIN_SECONDS", "3".to_owned())]);
    assert_eq!(program.get("/api/reports/daily_usage").status, 200);
    let (port, begin) = (program.port, Instant::now());
    // They end before the drain does, as a load balancer's would.
    let until = begin + Duration::from_secs(3);
    let (requests, failed, slowest) = thread::scope(|scope| {
        let clients: Vec<_> = (0..32).map(|_| scope.spawn(move || keep_asking(port, until))).collect();
        thread::sleep(Duration::from_millis(500));
        program.terminate();
        let sum = |all: (usize, usize, Duration), one: (usize, usize, Duration)| {
            (all.0 + one.0, all.1 + one.1, all.2.max(one.2))
        };
        clients.into_iter().map(|client| client.join().unwrap()).fold((0, 0, Duration::ZERO), sum)
    });
    let threads = program.threads();
    assert_eq!(program.wait().code(), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
    table.push(Row {
        fault: "SIGTERM, 32 clients that keep their connections",
        may: Notice::Nothing,
        requests,
        failed: BTreeMap::new(),
        cut: failed,
        slowest,
        health: Duration::ZERO,
        machine: Duration::ZERO,
        good_again: Duration::ZERO,
        threads,
    });
}
