//! More requests than connections.

use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;

use crate::harness::{Database, Program, Proxy, TABLES};

#[test]
fn readiness_has_a_connection_of_its_own() {
    let database = Database::new();
    database.run(TABLES);
    let mut variables = database.variables();
    // Two for the reports.
    variables.push(("DB_POOL_SIZE", "4".to_owned()));
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &variables);
    let mut lock = database.connect();
    lock.batch_execute("BEGIN; LOCK TABLE users").unwrap();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let ask = || scope.spawn(|| program.get("/api/reports/user_visits").status);
        // One answer serves all who wait for it: whoever is to ask for another comes after it was asked for.
        let mut clients = Vec::new();
        for waiting in 1..=2 {
            clients.push(ask());
            database.wait_for_waiters(waiting);
        }
        clients.extend((0..8).map(|_| ask()));
        assert_eq!(program.get("/readiness_check").status, 200);
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    let count = |status| statuses.iter().filter(|seen| **seen == status).count();
    assert_eq!((count(504), count(503)), (2, 8), "{statuses:?}");
    // The server, too, gives up what nobody waits for.
    database.wait_for_waiters(0);
    lock.batch_execute("ROLLBACK").unwrap();
    assert_eq!(program.get("/api/reports/daily_usage").status, 200);
}

/// One probe after the other would take a second, and those who wait for a connection are turned away sooner.
#[test]
fn all_who_ask_for_readiness_at_once_share_the_answer() {
    let database = Database::new();
    database.run(TABLES);
    let proxy = Proxy::to(database.port);
    let program = Program::behind(&proxy, &database);
    assert_eq!(program.get("/readiness_check").status, 200);
    proxy.slow(Duration::from_millis(25));
    let statuses: Vec<u16> = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..20).map(|_| scope.spawn(|| program.get("/readiness_check").status)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    assert_eq!(statuses, [200; 20]);
}
