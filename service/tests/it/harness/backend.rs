//! Both databases, filled with the same rows.

use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use rocket::figment::Figment;
use service::store::{self, SharedStore};
use service_settings::{Settings, Variables};

use super::{Database, Program};

/// The tables of PostgreSQL, as the migration makes them, but for the key that keeps a token's user.
pub(crate) const TABLES: &str = concat!(
    include_str!("../../../migrations/postgres/2026-11-21-000000_create_tables/up.sql"),
    "ALTER TABLE tokens DROP CONSTRAINT tokens_users_id_fk;"
);

pub(crate) const SQLITE_TABLES: &str =
    include_str!("../../../migrations/sqlite/2026-11-21-000000_create_tables/up.sql");

/// A kind of database, and from where the reports count in it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Backend {
    Postgres,
    RolledUp,
    Sqlite,
    SqliteRolledUp,
}

/// A running service, and the database that it reads.
pub(crate) struct Fixture {
    pub(crate) program: Program,
    rows: Rows,
    variables: Vec<(&'static str, String)>,
}

enum Rows {
    Postgres(Database),
    Sqlite(PathBuf),
}

impl Backend {
    pub(crate) const ALL: [Backend; 4] =
        [Backend::Postgres, Backend::RolledUp, Backend::Sqlite, Backend::SqliteRolledUp];

    /// The service, on tables with these rows.
    pub(crate) fn with(self, rows: &str) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let (kept, variables) = match self {
            Backend::Postgres => {
                let database = Database::new();
                database.run(TABLES);
                let variables = database.variables();
                (Rows::Postgres(database), variables)
            }
            Backend::RolledUp => {
                let database = Database::new();
                database.run(TABLES);
                database.roll_up();
                // It fails wherever the roll-ups are not read.
                let mut variables = database.variables();
                variables.push(("ANALYTICS_MODE", "rollup".to_owned()));
                (Rows::Postgres(database), variables)
            }
            Backend::Sqlite | Backend::SqliteRolledUp => {
                let file = folder.path().join("it.sqlite3");
                run_in(&file, SQLITE_TABLES);
                let mut variables = vec![
                    ("SQLITE_FILE", file.to_str().unwrap().to_owned()),
                    ("MIGRATE_ON_START", "false".to_owned()),
                ];
                if matches!(self, Backend::SqliteRolledUp) {
                    roll_up(&file);
                    variables.push(("ANALYTICS_MODE", "rollup".to_owned()));
                }
                (Rows::Sqlite(file), variables)
            }
        };
        if !rows.is_empty() {
            kept.run(rows);
        }
        // Whoever takes the program alone takes its files with it.
        let program = Program::start_in(folder, &variables);
        Fixture { program, rows: kept, variables }
    }

    /// A moment before Christ, as this database writes it.
    pub(crate) fn before_christ(self) -> &'static str {
        match self {
            Backend::Postgres | Backend::RolledUp => "0044-03-15 00:00:00 BC",
            Backend::Sqlite | Backend::SqliteRolledUp => "-0043-03-15 00:00:00",
        }
    }
}

impl Fixture {
    /// Runs statements beside the service.
    pub(crate) fn run(&self, sql: &str) {
        self.rows.run(sql);
    }

    /// Runs statements beside the service, all on one connection.
    pub(crate) fn writer(&self) -> Box<dyn FnMut(&str) + Send> {
        match &self.rows {
            Rows::Postgres(database) => {
                let mut connection = database.connect();
                Box::new(move |sql| {
                    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"))
                })
            }
            Rows::Sqlite(file) => {
                let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
                connection.batch_execute("PRAGMA foreign_keys = off; PRAGMA busy_timeout = 10000").unwrap();
                Box::new(move |sql| {
                    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"))
                })
            }
        }
    }

    /// The store that the service reads, for questions that no endpoint asks.
    pub(crate) fn store(&self) -> SharedStore {
        self.store_with(&[])
    }

    /// The same, as another user of PostgreSQL.
    pub(crate) fn store_of(&self, username: &str, password: &str) -> SharedStore {
        self.store_with(&[("DB_USERNAME", username.to_owned()), ("DB_PASSWORD", password.to_owned())])
    }

    /// The same, with more variables.
    pub(crate) fn store_with(&self, more: &[(&str, String)]) -> SharedStore {
        store_with(&[more, &self.variables].concat())
    }

    /// The database of PostgreSQL.
    pub(crate) fn database(&self) -> &Database {
        match &self.rows {
            Rows::Postgres(database) => database,
            Rows::Sqlite(_) => panic!("it is SQLite"),
        }
    }
}

/// The store that these variables lead to; of two with one name, the first counts.
pub(crate) fn store_with(variables: &[(&str, String)]) -> SharedStore {
    let value = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into());
    let settings = Settings::from_figment(&Figment::from(Variables::from_lookup(value))).unwrap();
    store::open(&settings.database().unwrap(), &settings)
}

impl Rows {
    fn run(&self, sql: &str) {
        match self {
            Rows::Postgres(database) => database.run(sql),
            Rows::Sqlite(file) => run_in(file, sql),
        }
    }
}

/// Makes the roll-ups of the embedded database in `file`, as a service does that starts on it.
pub(crate) fn roll_up(file: &Path) {
    // With a user there it is not filled with the sample.
    run_in(file, "INSERT INTO users VALUES (-1, 'a', 'b', '2023-01-01', true)");
    store_with(&[("SQLITE_FILE", file.to_str().unwrap().to_owned())]).prepare().unwrap();
    run_in(file, "DELETE FROM users WHERE id = -1");
}

pub(crate) fn run_in(file: &Path, sql: &str) {
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    connection.batch_execute("PRAGMA foreign_keys = off").unwrap();
    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
}

/// Waits for one answer of a store.
pub(crate) fn block_on<T>(answer: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(answer)
}
