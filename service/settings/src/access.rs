//! Who may ask, and what their tokens are checked with.

use crate::{AuthMode, Secret, Settings, SettingsError};

/// Bytes that a secret has at least: as many as the hash that it keys, RFC 7518 §3.2.
const SECRET_BYTES: usize = 32;

/// Who may ask.
#[derive(Clone, Debug)]
pub enum Access {
    /// Everybody.
    Open,
    /// Those with a token.
    Tokens(Tokens),
}

/// What a token is checked with.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// The secret that signs them.
    pub secret: Secret,
    /// The one before it, while it is rotated.
    pub previous: Option<Secret>,
    /// Who must have made them.
    pub issuer: Option<String>,
    /// For whom they must be made.
    pub audience: Option<String>,
}

impl Settings {
    /// Decides who may ask, and reads the secrets' files: see [`Settings::auth_mode`]. What is not said is refused.
    pub fn access(&self) -> Result<Access, SettingsError> {
        if self.auth_mode == Some(AuthMode::None) {
            return Ok(Access::Open);
        }
        let secret = strong(
            "SHARED_JWT_SECRET",
            self.shared_jwt_secret.as_ref(),
            "SHARED_JWT_SECRET_FILE",
            self.shared_jwt_secret_file.as_deref(),
        )?;
        let secret = secret.ok_or(match self.auth_mode {
            Some(_) => SettingsError::NoSecret,
            None => SettingsError::WhoMayAsk,
        })?;
        let previous = strong(
            "SHARED_JWT_SECRET_PREVIOUS",
            self.shared_jwt_secret_previous.as_ref(),
            "SHARED_JWT_SECRET_PREVIOUS_FILE",
            self.shared_jwt_secret_previous_file.as_deref(),
        )?;
        Ok(Access::Tokens(Tokens {
            secret,
            previous,
            issuer: self.jwt_issuer.clone(),
            audience: self.jwt_audience.clone(),
        }))
    }
}

/// A secret that cannot be guessed, if there is one.
fn strong(
    name: &'static str,
    value: Option<&Secret>,
    file_name: &'static str,
    file: Option<&std::path::Path>,
) -> Result<Option<Secret>, SettingsError> {
    let secret = Secret::given(name, value, file_name, file)?;
    match secret.as_ref().map(|secret| secret.expose().len()) {
        Some(length @ 0..SECRET_BYTES) => Err(SettingsError::ShortSecret { name, length }),
        _ => Ok(secret),
    }
}
