//! From where a report counts.

use std::fmt;
use std::sync::{Mutex, PoisonError};

/// From where a report counts, and why not from the roll-ups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// From the roll-ups.
    Rollup,
    /// From the tokens: this database has no roll-ups.
    #[default]
    Absent,
    /// From the tokens: so the settings want it.
    Asked,
    /// From the tokens: the roll-ups are not for this user.
    Unreadable,
    /// From the tokens: the triggers do not see every change.
    Unwatched,
    /// From the tokens: the triggers may have missed a change, and nobody has counted anew since.
    Doubtful,
}

impl Counting {
    /// `rollup` or `live`.
    pub fn mode(self) -> &'static str {
        match self {
            Counting::Rollup => "rollup",
            _ => "live",
        }
    }

    /// Whether an operator should look.
    pub fn is_a_defect(self) -> bool {
        matches!(self, Counting::Unreadable | Counting::Unwatched | Counting::Doubtful)
    }
}

impl fmt::Display for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Counting::Rollup => "the reports come from the roll-ups",
            Counting::Absent => {
                "each report counts all tokens: there are no roll-ups, which `coworking-analytics migrate` makes"
            }
            Counting::Asked => "each report counts all tokens, since `ANALYTICS_MODE` is `live`",
            Counting::Unreadable => {
                "each report counts all tokens: this user may not read the roll-ups, or sees some tokens only"
            }
            Counting::Unwatched => {
                "each report counts all tokens: a trigger of the roll-ups is missing or disabled, or the table \
                 has another shape; `coworking-analytics migrate` mends it"
            }
            Counting::Doubtful => {
                "each report counts all tokens until the roll-ups are counted anew: their triggers may have \
                 missed a change"
            }
        })
    }
}

/// From where the last report counted; nothing before the first.
#[derive(Debug, Default)]
pub(super) struct LastCounting(Mutex<Option<Counting>>);

impl LastCounting {
    /// Notes it, and tells the log when reports begin to count from elsewhere.
    pub(super) fn tell(&self, counting: Counting) {
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(counting);
        if before == Some(counting) {
            return;
        }
        if counting.is_a_defect() {
            tracing::warn!(mode = counting.mode(), "{counting}");
        } else {
            tracing::info!(mode = counting.mode(), "{counting}");
        }
    }

    /// It.
    pub(super) fn get(&self) -> Option<Counting> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
