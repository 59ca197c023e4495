//! Users and their tokens, a page at a time.

use super::{Moment, Span};

/// One user's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The user's number.
    pub user_id: i64,
    /// All tokens.
    pub tokens: i64,
    /// The tokens that were used.
    pub visits: i64,
    /// When the user joined; absent if the user is gone.
    pub joined_at: Option<Moment>,
    /// The first name; absent if the user is gone, or the database has none to show.
    pub first_name: Option<String>,
    /// The last name; absent as the first.
    pub last_name: Option<String>,
}

/// Which users, and which of their tokens. A user without a token is on no page, and a token without a
/// user is nobody's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// The tokens that count: all of them, or those that were made within a span.
    pub span: Option<Span>,
    /// The order of the users, and behind whom the page begins.
    pub order: Order,
    /// How many users at most.
    pub limit: u32,
}

/// An order of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// By their number.
    Id {
        /// The user before the page; absent for the first.
        after: Option<i64>,
    },
    /// The most frequent first, by visits; among equals by their number.
    Frequent {
        /// The visits and the number of the user before the page; absent for the first.
        after: Option<(i64, i64)>,
    },
}
