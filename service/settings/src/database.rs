//! Which database the settings mean, and how to reach it.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Backend, Secret, Settings, SettingsError};

/// Where the reports come from.
#[derive(Clone, Debug)]
pub enum Database {
    /// The embedded database.
    Sqlite {
        /// Its file.
        file: PathBuf,
    },
    /// A PostgreSQL server.
    Postgres(Postgres),
}

/// How to reach a PostgreSQL server.
#[derive(Clone, Debug)]
pub struct Postgres {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The database within it.
    pub name: String,
    /// The user.
    pub username: String,
    /// The user's password, which may be empty.
    pub password: Secret,
    /// How the connection is secured.
    pub sslmode: SslMode,
    /// The authorities that may sign the server's certificate.
    pub sslrootcert: Option<PathBuf>,
    /// The host and the port of its read replica.
    pub reads: Option<(String, u16)>,
}

impl Postgres {
    /// How to reach its read replica: as itself, but for host and port.
    pub fn replica(&self) -> Option<Postgres> {
        let (host, port) = self.reads.clone()?;
        Some(Postgres { host, port, reads: None, ..self.clone() })
    }
}

/// How a connection is secured: libpq's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum SslMode {
    /// Never encrypted.
    Disable,
    /// Encrypted if the server offers it.
    Prefer,
    /// Encrypted; whoever the server is.
    Require,
    /// Encrypted, with a certificate that a known authority signed.
    VerifyCa,
    /// And that certificate names the host.
    VerifyFull,
}

impl SslMode {
    /// The word itself.
    pub fn as_str(self) -> &'static str {
        match self {
            SslMode::Disable => "disable",
            SslMode::Prefer => "prefer",
            SslMode::Require => "require",
            SslMode::VerifyCa => "verify-ca",
            SslMode::VerifyFull => "verify-full",
        }
    }
}

impl Settings {
    /// Decides which database is meant, and reads the password's file.
    ///
    /// `DATABASE` says it. Without it, PostgreSQL is meant as soon as one of `DB_HOST`, `DB_NAME`,
    /// `DB_PASSWORD`, `DB_PASSWORD_FILE`, `DB_PORT`, `DB_READ_HOST`, `DB_READ_PORT`, `DB_SSLMODE`,
    /// `DB_SSLROOTCERT` and `DB_USERNAME` is set, and then `DB_USERNAME` and a password must be; with none of them, the embedded
    /// database.
    pub fn database(&self) -> Result<Database, SettingsError> {
        let because = match self.database {
            Some(Backend::Sqlite) => return Ok(Database::Sqlite { file: self.sqlite_file.clone() }),
            Some(Backend::Postgres) => "`DATABASE` is `postgres`".to_owned(),
            None => match self.set_for_postgres().next() {
                Some(name) => format!("`{name}` is set"),
                None => return Ok(Database::Sqlite { file: self.sqlite_file.clone() }),
            },
        };
        let missing = |name| SettingsError::Missing { name, because: because.clone() };
        let username = self.db_username.clone().ok_or_else(|| missing("DB_USERNAME"))?;
        let password = Secret::given(
            "DB_PASSWORD",
            self.db_password.as_ref(),
            "DB_PASSWORD_FILE",
            self.db_password_file.as_deref(),
        )?
        .ok_or_else(|| missing("DB_PASSWORD"))?;
        let sslmode = self.db_sslmode.unwrap_or(match self.db_sslrootcert {
            Some(_) => SslMode::VerifyFull,
            None => SslMode::Prefer,
        });
        let port = self.db_port.unwrap_or(5432);
        Ok(Database::Postgres(Postgres {
            host: self.db_host.clone().unwrap_or_else(|| "127.0.0.1".to_owned()),
            port,
            name: self.db_name.clone().unwrap_or_else(|| "postgres".to_owned()),
            username,
            password,
            sslmode,
            sslrootcert: self.db_sslrootcert.clone(),
            reads: self.db_read_host.clone().map(|host| (host, self.db_read_port.unwrap_or(port))),
        }))
    }

    /// The variables that are set and mean PostgreSQL.
    fn set_for_postgres(&self) -> impl Iterator<Item = &'static str> {
        let set = [
            ("DB_USERNAME", self.db_username.is_some()),
            ("DB_PASSWORD", self.db_password.is_some()),
            ("DB_PASSWORD_FILE", self.db_password_file.is_some()),
            ("DB_HOST", self.db_host.is_some()),
            ("DB_PORT", self.db_port.is_some()),
            ("DB_NAME", self.db_name.is_some()),
            ("DB_READ_HOST", self.db_read_host.is_some()),
            ("DB_READ_PORT", self.db_read_port.is_some()),
            ("DB_SSLMODE", self.db_sslmode.is_some()),
            ("DB_SSLROOTCERT", self.db_sslrootcert.is_some()),
        ];
        set.into_iter().filter_map(|(name, is_set)| is_set.then_some(name))
    }
}

impl Database {
    /// What an operator should hear about at the start, without any secret.
    pub fn cautions(&self) -> Vec<&'static str> {
        match self {
            Database::Postgres(postgres) if postgres.password.has_percent_escape() => vec![
                "the database's password holds a percent-escape: it is taken literally here, while the \
                 service that this one replaces decoded it",
            ],
            _ => Vec::new(),
        }
    }
}
