//! The command line: arguments in, calls of the library, words out. It holds no logic of its own.
//!
//! To add a command: one file here, one line in `commands.rs`.

mod commands;
mod completions;
mod console;
mod definitions;
mod exit;
mod explain;
mod list;
mod program;
mod project;
mod render;
mod rules;
mod run;
mod schema;
mod secret;
mod session;
mod settings;
mod table;
mod validate;
mod words;

pub use run::main;
