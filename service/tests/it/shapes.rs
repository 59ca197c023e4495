//! Databases of other shapes that hold the same visits: PostgreSQL alone.

use crate::harness::{Database, Program, TABLES};

const ROWS: &str = "
    INSERT INTO users (id, first_name, last_name, joined_at) VALUES (1, 'A', 'B', '2023-02-01 10:11:12.1');
    INSERT INTO tokens (user_id, token, created_at, used_at) VALUES
        (1, 'a', '2023-02-07 23:30:00', '2023-02-08 00:10:00'), (1, 'b', '2023-02-07 00:10:00', NULL);";

const DAILY_USAGE: &str = "{\"2023-02-07\":1}\n";
const USER_VISITS: &str = "{\"1\":{\"joined_at\":\"2023-02-01 10:11:12.100000\",\"visits\":2}}\n";

/// The reports of the same visits, read by a user who may do little, after `change`.
///
/// `{name}` stands for the database and `{reader}` for that user.
fn expect(change: &str, rights: &str) {
    expect_with(change, rights, &[]);
}

fn expect_with(change: &str, rights: &str, more: &[(&'static str, String)]) {
    let database = Database::new();
    let reader = format!("reader_of_{}", database.name);
    let named = |sql: &str| sql.replace("{name}", &database.name).replace("{reader}", &reader);
    database.run(&[TABLES, ROWS, &named("CREATE ROLE {reader} LOGIN PASSWORD 'secret'")].concat());
    database.run(&named(change));
    database.run(&named(rights));
    let folder = tempfile::tempdir().unwrap();
    let variables = [database.variables_of(&reader, "secret"), more.to_vec()].concat();
    let program = Program::start(folder.path(), &variables);
    for (path, body) in [
        ("/readiness_check", "ok"),
        ("/api/reports/daily_usage", DAILY_USAGE),
        ("/api/reports/user_visits", USER_VISITS),
    ] {
        let answer = program.get(path);
        assert_eq!((answer.status, &*answer.body), (200, body), "{path}");
    }
}

const SELECT: &str = "GRANT SELECT ON users, tokens TO {reader}";

#[test]
fn with_rights_to_select_only() {
    expect("SELECT", SELECT);
}

/// What was asked cannot be done, and the service answers all the same.
#[test]
fn with_rights_to_select_only_and_migrations() {
    expect_with(
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        SELECT,
        &[("MIGRATE_ON_START", "true".to_owned())],
    );
}

#[test]
fn a_read_only_database() {
    expect(
        "ALTER DATABASE {name} SET default_transaction_read_only = on",
        "SET transaction_read_only = off; GRANT SELECT ON users, tokens TO {reader}",
    );
}

#[test]
fn views() {
    expect(
        "ALTER TABLE users RENAME TO people; ALTER TABLE tokens RENAME TO passes;
         CREATE VIEW users AS SELECT id, joined_at, 'x' AS more FROM people;
         CREATE VIEW tokens AS SELECT user_id, created_at, used_at FROM passes",
        SELECT,
    );
}

#[test]
fn a_partitioned_table() {
    expect(
        "ALTER TABLE tokens RENAME TO passes;
         CREATE TABLE tokens (LIKE passes) PARTITION BY RANGE (created_at);
         CREATE TABLE tokens_2023 PARTITION OF tokens FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
         INSERT INTO tokens SELECT * FROM passes",
        SELECT,
    );
}

#[test]
fn another_schema() {
    expect(
        "CREATE SCHEMA coworking; ALTER TABLE users SET SCHEMA coworking; ALTER TABLE tokens SET SCHEMA coworking;
         ALTER ROLE {reader} SET search_path = coworking",
        "GRANT USAGE ON SCHEMA coworking TO {reader}; GRANT SELECT ON coworking.users, coworking.tokens TO {reader}",
    );
}

#[test]
fn any_date_style_and_time_zone() {
    for (style, zone) in
        [("German", "Asia/Kolkata"), ("SQL, DMY", "America/New_York"), ("Postgres, MDY", "Pacific/Apia")]
    {
        expect(
            &format!(
                "ALTER ROLE {{reader}} SET datestyle = '{style}'; ALTER ROLE {{reader}} SET timezone = '{zone}'"
            ),
            SELECT,
        );
    }
}

#[test]
fn wider_types_and_extra_columns() {
    expect(
        "ALTER TABLE tokens ALTER user_id TYPE bigint; ALTER TABLE users ALTER id TYPE bigint;
         ALTER TABLE tokens ADD created_by text, ADD date date DEFAULT now();
         ALTER TABLE users ADD token text, ADD visits int DEFAULT 7",
        SELECT,
    );
}
