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

    /// A secret is given twice.
    #[error("`{name}` and `{name}_FILE` are both set: keep one")]
    Twice {
        /// The variable that holds the secret itself.
        name: &'static str,
    },

    /// A secret's file cannot be read.
    #[error("the file of `{name}`, `{}`, cannot be read", path.display())]
    SecretFile {
        /// The variable that names the file.
        name: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },

    /// Nobody said who may ask.
    #[error(
        "it is not said who may ask: set `SHARED_JWT_SECRET` (or `SHARED_JWT_SECRET_FILE`) to the secret that signs the \
         tokens, or `AUTH_MODE=none` to answer everybody"
    )]
    WhoMayAsk,

    /// Tokens are asked for, and there is nothing to check them with.
    #[error("`AUTH_MODE` is `jwt`, and neither `SHARED_JWT_SECRET` nor `SHARED_JWT_SECRET_FILE` is set")]
    NoSecret,

    /// A secret can be guessed.
    #[error(
        "the secret of `{name}` has {length} bytes: HS256 needs 32 or more, such as those of `openssl rand -hex 32`"
    )]
    ShortSecret {
        /// The variable.
        name: &'static str,
        /// How many bytes it has.
        length: usize,
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
