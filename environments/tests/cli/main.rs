//! The command line, through the real program and this project's own environments.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]

mod completions;
mod definitions;
mod explain;
mod help;
mod hostile;
mod list;
mod mending;
mod program;
mod render;
mod rules;
mod schema;
mod secret;
mod settings;
mod validate;
mod watch;
