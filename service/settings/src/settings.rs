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
/// marks secrets, and `required` holds what PostgreSQL needs, and `AUTH_MODE`, which a deployment says
/// aloud. A program that is started with no database variable at all uses its embedded database
/// instead; see [`Settings::database`] and [`Settings::access`].
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", default)]
#[schemars(transform = schema::of_a_deployment)]
pub struct Settings {
    /// From where reports count. Unset, from the roll-ups as soon as they are there and can be trusted, and
    /// else from all tokens.
    pub analytics_mode: AnalyticsMode,

    /// How often the roll-ups are compared with the tokens, a part at a time, in seconds; 0 for never.
    #[serde(deserialize_with = "text::within::<_, _, 0, 31536000>")]
    #[schemars(range(max = 31536000))]
    pub analytics_reconcile_seconds: u32,

    /// Port on which the service listens, on every address; 0 lets the system choose.
    #[serde(deserialize_with = "text::within::<_, _, 0, 65535>")]
    pub app_port: u16,

    /// Who may ask: `jwt` for those with a token, `none` for everybody. Unset, it is `jwt` if there is a secret
    /// to check tokens with; without one the service does not start: it is open only when told so.
    pub auth_mode: Option<AuthMode>,

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

    /// How many connections one replica opens at most: one of them is kept for the readiness probe, and one
    /// for what is done between requests. With `DB_READ_HOST`, it opens two fewer than these there as well.
    #[serde(deserialize_with = "text::within::<_, _, 3, 100>")]
    #[schemars(range(min = 3, max = 100))]
    pub db_pool_size: u32,

    /// Port of PostgreSQL.
    #[serde(deserialize_with = "text::maybe_port")]
    #[schemars(extend("default" = 5432), range(min = 1))]
    pub db_port: Option<u16>,

    /// Host of a read replica of PostgreSQL, from which reports read while it is up. They are then as old as
    /// what it has replayed.
    pub db_read_host: Option<String>,

    /// Port of the read replica; unset, that of `DB_PORT`.
    #[serde(deserialize_with = "text::maybe_port")]
    #[schemars(range(min = 1))]
    pub db_read_port: Option<u16>,

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

    /// How long a client may take to send the head of a request, in seconds, from its first byte; and how long a new
    /// connection may stay without one.
    #[serde(deserialize_with = "text::within::<_, _, 1, 300>")]
    #[schemars(range(min = 1, max = 300))]
    pub head_timeout_seconds: u32,

    /// For whom a token must be made, as its `aud` says. Unset, a token must not say.
    pub jwt_audience: Option<String>,

    /// Who must have made a token, as its `iss` says. Unset, anybody who knows the secret.
    pub jwt_issuer: Option<String>,

    /// How long a connection may be idle between two requests, in seconds: longer than a load balancer that reuses
    /// connections waits before it gives one up.
    #[serde(deserialize_with = "text::within::<_, _, 1, 3600>")]
    #[schemars(range(min = 1, max = 3600))]
    pub keep_alive_seconds: u32,

    /// How much is logged.
    pub log_level: LogLevel,

    /// How many connections may be open. One more closes that which has waited longest without a request.
    #[serde(deserialize_with = "text::within::<_, _, 1, 65536>")]
    #[schemars(range(min = 1, max = 65536))]
    pub max_connections: u32,

    /// How many of them may come from one address; 0 for any number, as behind a load balancer that hides its clients.
    #[serde(deserialize_with = "text::within::<_, _, 0, 65536>")]
    #[schemars(range(max = 65536))]
    pub max_connections_per_address: u32,

    /// Whether the tables are made at the start. Unset, it is `true` for the embedded database and
    /// `false` for PostgreSQL, whose tables may be another team's. No answer ever depends on it.
    #[serde(deserialize_with = "text::maybe_bool")]
    pub migrate_on_start: Option<bool>,

    /// How many requests of one subject are answered an hour, at most, by each replica; 0 for any number. The subject is
    /// the token's, or the address of who has none.
    #[serde(deserialize_with = "text::within::<_, _, 0, 1_000_000>")]
    #[schemars(range(max = 1_000_000))]
    pub rate_limit_per_hour: u32,

    /// How many a minute: see `RATE_LIMIT_PER_HOUR`.
    #[serde(deserialize_with = "text::within::<_, _, 0, 1_000_000>")]
    #[schemars(range(max = 1_000_000))]
    pub rate_limit_per_minute: u32,

    /// How long a client may leave an answer that is sent to it untaken, in seconds; a long one must come at 4 KiB a
    /// second on top.
    #[serde(deserialize_with = "text::within::<_, _, 1, 300>")]
    #[schemars(range(min = 1, max = 300))]
    pub send_timeout_seconds: u32,

    /// Secret that signs the tokens, HS256: 32 bytes or more, taken literally.
    pub shared_jwt_secret: Option<Secret>,

    /// File that holds the secret, instead of `SHARED_JWT_SECRET`; one newline at its end is dropped.
    pub shared_jwt_secret_file: Option<PathBuf>,

    /// The secret before this one, whose tokens are still taken while it is rotated.
    pub shared_jwt_secret_previous: Option<Secret>,

    /// File that holds the secret before this one, instead of `SHARED_JWT_SECRET_PREVIOUS`.
    pub shared_jwt_secret_previous_file: Option<PathBuf>,

    /// File of the embedded database.
    pub sqlite_file: PathBuf,
}

/// From where reports count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum AnalyticsMode {
    /// From the roll-ups if they can be trusted, else from the tokens.
    #[default]
    Auto,
    /// From the roll-ups alone: without them, a report fails.
    Rollup,
    /// From the tokens; no roll-ups are made.
    Live,
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

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum AuthMode {
    /// Those with a token.
    Jwt,
    /// Everybody.
    None,
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
            analytics_mode: AnalyticsMode::Auto,
            analytics_reconcile_seconds: 86_400,
            app_port: DEFAULT_PORT,
            auth_mode: None,
            database: None,
            db_host: None,
            db_name: None,
            db_password: None,
            db_password_file: None,
            db_pool_size: 5,
            db_port: None,
            db_read_host: None,
            db_read_port: None,
            db_sslmode: None,
            db_sslrootcert: None,
            db_timeout_seconds: 2,
            db_username: None,
            drain_seconds: 5,
            figures_seconds: 60,
            head_timeout_seconds: 10,
            jwt_audience: None,
            jwt_issuer: None,
            keep_alive_seconds: 75,
            log_level: LogLevel::Info,
            max_connections: 4096,
            max_connections_per_address: 0,
            migrate_on_start: None,
            rate_limit_per_hour: 0,
            rate_limit_per_minute: 0,
            send_timeout_seconds: 30,
            shared_jwt_secret: None,
            shared_jwt_secret_file: None,
            shared_jwt_secret_previous: None,
            shared_jwt_secret_previous_file: None,
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
