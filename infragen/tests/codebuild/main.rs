//! A pipeline from its description to the commands that it runs, with the project's own templates.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends where its setting is not as it should be"
)]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod aws;
mod build;
mod cluster;
mod deployment;
mod files;
mod pull_request;
mod release;
mod sample;
mod shellcheck;
mod tools;
mod yaml;
