//! Why the settings of a run cannot be used.

use std::collections::BTreeMap;

use figment::error::Kind;
use thiserror::Error;

use crate::nearest::nearest;

/// Why the settings of a run cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// A file is no TOML.
    #[error("`{provider}` is no TOML: {reason}")]
    NotToml {
        /// Which file.
        provider: String,
        /// What the reader of TOML says.
        reason: String,
    },
    /// A value that starts with `{` is no inline table.
    #[error(
        "{provider}: `{key}` starts with a brace and is no inline table: {reason}\nwrite {{coworking = {{tag = \"1.4.2\"}}}}, with the quotes"
    )]
    NotATable {
        /// What gave it.
        provider: String,
        /// The key.
        key: String,
        /// What the reader of TOML says.
        reason: String,
    },
    /// What `--set` was given is no assignment.
    #[error("--set takes key=value, such as `version=1.4.2` or `images.coworking.tag=1.4.2`, not `{0}`")]
    NotAnAssignment(String),
    /// Nobody reads the key.
    #[error("{provider}: unknown key `{key}`: {help}")]
    UnknownKey {
        /// What gave it.
        provider: String,
        /// The whole key.
        key: String,
        /// The nearest key, or all.
        help: String,
    },
    /// The value cannot be what the key wants.
    #[error("{provider}: `{key}`: {message}")]
    WrongValue {
        /// What gave it.
        provider: String,
        /// The whole key.
        key: String,
        /// What is wrong, and what to write instead.
        message: String,
    },
}

impl SettingsError {
    /// Puts figment's error in our words.
    pub(super) fn of(error: figment::Error, providers: &BTreeMap<String, String>) -> Self {
        let key = error.path.join(".");
        // An item of a list has no provider of its own.
        let above = key.rsplit_once('.').map_or("", |(above, _)| above);
        let provider = providers.get(&key).or_else(|| providers.get(above)).cloned();
        let provider = provider.unwrap_or_else(|| "the settings".to_owned());
        let message = match error.kind {
            Kind::UnknownField(field, known) => {
                let above = key.strip_suffix(&field).unwrap_or_default();
                let help = match nearest(&field, known.iter().copied()) {
                    Some(near) => format!("did you mean `{above}{near}`?"),
                    None => format!(
                        "the keys are {}",
                        known.iter().map(|key| format!("`{above}{key}`")).collect::<Vec<_>>().join(", ")
                    ),
                };
                return Self::UnknownKey { provider, key, help };
            }
            Kind::Message(message) => message,
            Kind::UnknownVariant(found, known) => {
                format!(
                    "found `{found}`, expected one of {}",
                    known.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")
                )
            }
            Kind::InvalidType(found, wanted) if wanted.starts_with("a list") => {
                format!("found {found}, expected {wanted}")
            }
            Kind::InvalidType(found, wanted) if wanted.contains("struct") || wanted == "a map" => {
                format!("found {found} where there are keys below it, such as `{key}.{}`", below(&key))
            }
            Kind::InvalidType(found, wanted) | Kind::InvalidValue(found, wanted) => {
                format!("found {found}, expected {wanted}: write it in quotes")
            }
            other => other.to_string(),
        };
        Self::WrongValue { provider, key, message }
    }
}

/// What may stand below a key that holds keys.
fn below(key: &str) -> &'static str {
    match key {
        "images" => "coworking.tag",
        "validate" => "ignore",
        "validate.severities" => "single-replica",
        _ => "tag",
    }
}
