//! What coworking analytics reads from its surroundings.
//!
//! [`Settings`] is the one list of the variables. The service reads its environment through it, and
//! the manifests take their keys, ports and probe paths from it, so that the two cannot drift apart.

mod access;
mod database;
mod endpoints;
mod error;
mod schema;
mod secret;
mod settings;
mod text;
mod variables;

pub use access::{Access, Tokens};
pub use database::{Database, Postgres, SslMode};
pub use endpoints::{DAILY_USAGE_PATH, HEALTH_PATH, METRICS_PATH, READINESS_PATH, USER_VISITS_PATH};
pub use error::SettingsError;
pub use secret::Secret;
pub use settings::{AnalyticsMode, AuthMode, Backend, DEFAULT_PORT, LogLevel, Settings};
pub use variables::{Variables, figment};

#[cfg(test)]
mod tests;
