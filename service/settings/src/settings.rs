//! The one list of variables.

use std::path::PathBuf;
use std::time::Duration;

use figment::Figment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Secret, SettingsError, SslMode, schema, text};

/// The port on which the service listens, unless `APP_PORT` says otherwise.
pub const DEFAULT_PORT: u16 = 5153;

/// What coworking analytics reads from its surroundings: a field a variable.
///
/// The JSON schema is that of a deployment: the properties are the variables' names, `writeOnly`
/// marks secrets, and `required` holds what PostgreSQL needs. A program that is started with no
/// database variable at all uses its embedded database instead and needs none of them; see
/// [`Settings::database`].
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", default)]
#[schemars(transform = schema::of_a_deployment)]
pub struct Settings {
    /// Port on which the service listens, on every address; 0 lets the system choose.
    #[serde(deserialize_with = "text::within::<_, _, 0, 65535>")]
    pub app_port: u16,

    /// Which database. Unset, it is PostgreSQL as soon as a variable is set that only PostgreSQL
    /// needs, such as `DB_HOST`, and the embedded SQLite otherwise.
    pub database: Option<Backend>,

    /// Host of PostgreSQL.
    #[schemars(extend("default" = "127.0.0.1"))]
    pub db_host: Option<String>,

    /// Database within PostgreSQL.
    #[schemars(extend("default" = "postgres"))]
    pub db_name: Option<String>,

    /// Password of PostgreSQL's user, taken literally: every character works.
    pub db_password: Option<Secret>,

    /// File that holds the password, instead of `DB_PASSWORD`; one newline at its end is dropped.
    pub db_password_file: Option<PathBuf>,

    /// How many connections one replica opens at most. One of them is kept for the readiness probe.
    #[serde(deserialize_with = "text::within::<_, _, 2, 100>")]
    #[schemars(range(min = 2, max = 100))]
    pub db_pool_size: u32,

    /// Port of PostgreSQL.
    #[serde(deserialize_with = "text::maybe_port")]
    #[schemars(extend("default" = 5432), range(min = 1))]
    pub db_port: Option<u16>,

    /// How PostgreSQL's connections are secured: `verify-full` with `DB_SSLROOTCERT`, else `prefer`.
    pub db_sslmode: Option<SslMode>,

    /// File of the authorities that may sign the certificate of PostgreSQL.
    pub db_sslrootcert: Option<PathBuf>,

    /// How long one report may take, in seconds.
    #[serde(deserialize_with = "text::within::<_, _, 1, 300>")]
    #[schemars(range(min = 1, max = 300))]
    pub db_timeout_seconds: u32,

    /// User of PostgreSQL.
    pub db_username: Option<String>,

    /// How long the service goes on answering after SIGTERM, in seconds, while it tells the probes and
    /// its clients to go elsewhere.
    #[serde(deserialize_with = "text::within::<_, _, 0, 300>")]
    #[schemars(range(max = 300))]
    pub drain_seconds: u32,

    /// How often the daily figures are logged, in seconds; 0 for never.
    #[serde(deserialize_with = "text::within::<_, _, 0, 86400>")]
    #[schemars(range(max = 86400))]
    pub figures_seconds: u32,

    /// How much is logged.
    pub log_level: LogLevel,

    /// Whether the tables are made at the start. Unset, it is `true` for the embedded database and
    /// `false` for PostgreSQL, whose tables may be another team's. No answer ever depends on it.
    #[serde(deserialize_with = "text::maybe_bool")]
    pub migrate_on_start: Option<bool>,

    /// File of the embedded database.
    pub sqlite_file: PathBuf,
}

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Backend {
    /// A PostgreSQL server.
    Postgres,
    /// The embedded database: SQLite, in a file.
    Sqlite,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum LogLevel {
    /// Only what failed.
    Error,
    /// And what will hurt some day.
    Warn,
    /// And a line a request.
    Info,
    /// And what a developer asks for.
    Debug,
    /// Everything.
    Trace,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            app_port: DEFAULT_PORT,
            database: None,
            db_host: None,
            db_name: None,
            db_password: None,
            db_password_file: None,
            db_pool_size: 5,
            db_port: None,
            db_sslmode: None,
            db_sslrootcert: None,
            db_timeout_seconds: 2,
            db_username: None,
            drain_seconds: 5,
            figures_seconds: 60,
            log_level: LogLevel::Info,
            migrate_on_start: None,
            sqlite_file: PathBuf::from("coworking-analytics.sqlite3"),
        }
    }
}

impl Settings {
    /// Reads the settings from `figment`; see [`crate::figment`] for that of this run.
    pub fn from_figment(figment: &Figment) -> Result<Settings, SettingsError> {
        Ok(figment.extract()?)
    }

    /// How long one report may take.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.db_timeout_seconds.into())
    }

    /// How long requests in flight may go on once the drain is over: longer than any report.
    pub fn grace_seconds(&self) -> u32 {
        self.db_timeout_seconds + 2
    }

    /// The longest time from SIGTERM to the end, in seconds. A pod's `terminationGracePeriodSeconds`
    /// must exceed it.
    pub fn stop_seconds(&self) -> u32 {
        self.drain_seconds + self.grace_seconds() + 2
    }
}
