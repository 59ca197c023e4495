//! The pages besides the overview.

use serde::Serialize;

/// Asks for a token.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// Why the last one was not taken, or why there must be another.
    pub told: Option<String>,
}

/// Says that there is no overview now.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// What happened, in a few words.
    pub title: String,
    /// What happened, in a sentence.
    pub detail: String,
    /// By which the log's lines are found.
    pub request_id: String,
}
