//! `coworking-analytics migrate`, and migrations at the start.

use std::process::Stdio;

use crate::harness::{Database, Program, TABLES, command};

#[test]
fn twelve_at_once_make_the_tables_once() {
    let database = Database::new();
    let folder = tempfile::tempdir().unwrap();
    let start =
        || command(folder.path(), &database.variables()).arg("migrate").stdout(Stdio::piped()).spawn();
    let children: Vec<_> = (0..12).map(|_| start().unwrap()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    assert_eq!(database.count("__diesel_schema_migrations"), 1);
    assert_eq!(database.count("users"), 0);
    assert_eq!(database.count("tokens"), 0);
}

#[test]
fn tables_that_are_there_stay_as_they_are() {
    let database = Database::new();
    database.run(TABLES);
    database.run("ALTER TABLE users RENAME TO people; CREATE VIEW users AS SELECT * FROM people");
    database.run("INSERT INTO tokens (user_id, token) VALUES (1, 'abcdef')");
    let folder = tempfile::tempdir().unwrap();
    let output = command(folder.path(), &database.variables()).arg("migrate").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(database.count("tokens"), 1);
}

#[test]
fn postgresql_is_not_touched_unless_asked() {
    let (left, asked) = (Database::new(), Database::new());
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path(), &left.variables());
    assert_eq!(program.get("/readiness_check").status, 500);
    assert_eq!(left.count("pg_tables WHERE schemaname = 'public'"), 0);

    let mut variables = asked.variables();
    variables.push(("MIGRATE_ON_START", "true".to_owned()));
    let mut program = Program::start(folder.path(), &variables);
    if !program.seen.iter().any(|line| line.contains("the tables are there")) {
        program.wait_for("the tables are there");
    }
    assert_eq!(program.get("/readiness_check").status, 200);
    assert_eq!(program.get("/api/reports/daily_usage").body, "{}\n");
}

#[test]
fn a_refusal_ends_it_with_an_error() {
    let database = Database::new();
    database.run(&format!(
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE r_{} LOGIN PASSWORD 'p'",
        database.name
    ));
    let folder = tempfile::tempdir().unwrap();
    let variables = database.variables_of(&format!("r_{}", database.name), "p");
    let output = command(folder.path(), &variables).arg("migrate").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let log = String::from_utf8(output.stdout).unwrap();
    assert!(log.contains("permission denied for schema public"), "{log}");
}
