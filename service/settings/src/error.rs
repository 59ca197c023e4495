//! What can be wrong with the settings.

use std::io;
use std::path::PathBuf;

/// Why the settings cannot be used. No message holds a secret.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A variable holds what its type does not allow.
    #[error("a variable cannot be used: {0}")]
    Invalid(#[source] Box<figment::Error>),

    /// PostgreSQL is meant, and a variable that it needs is missing.
    #[error("`{name}` is not set: PostgreSQL needs it ({because})")]
    Missing {
        /// The variable.
        name: &'static str,
        /// What says that PostgreSQL is meant.
        because: String,
    },

    /// The password is given twice.
    #[error("`DB_PASSWORD` and `DB_PASSWORD_FILE` are both set: keep one")]
    TwoPasswords,

    /// The password's file cannot be read.
    #[error("the file of `DB_PASSWORD_FILE`, `{}`, cannot be read", path.display())]
    PasswordFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },

    /// A value holds a NUL character, which PostgreSQL's protocol cannot carry.
    #[error("`{name}` holds a NUL character")]
    Nul {
        /// The variable.
        name: &'static str,
    },
}

impl From<figment::Error> for SettingsError {
    fn from(error: figment::Error) -> SettingsError {
        SettingsError::Invalid(Box::new(error))
    }
}
