//! Answers that are kept for as long as nothing has changed.
//!
//! An answer is kept with the [`Version`] that the database told *before* it was read. As long as the
//! database tells the same version, it holds the same rows, and the bytes are those that it would give.
//! The question after the version is asked anew for every request, though [`super::flights`] asks it once
//! for all who wait: so nobody is ever behind a writer. What a version is, and why the same version means the
//! same rows, is told where each database is asked for it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::StoreError;
use super::flights::Flights;

/// A report whose bytes never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Used tokens by day.
    DailyUsage,
    /// All tokens by user.
    UserVisits,
}

/// The bytes of a report, shared by all who read them.
#[derive(Clone, Debug)]
pub struct Answer(Arc<[u8]>);

impl AsRef<[u8]> for Answer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Answer {
        Answer(text.into_bytes().into())
    }
}

/// What a database held at a moment: the same version, the same rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// The database's own word.
    pub(super) word: String,
    /// Since when the server has run, by its own count; 0 where nothing depends on it.
    pub(super) started: i64,
    /// How many connections had been opened. A server that crashed may have lost what it had not yet
    /// written, and count its transactions again from there; then every connection is a new one.
    pub(super) opened: u64,
}

/// An answer, and whether it may be kept.
pub(super) struct Built {
    pub(super) answer: Answer,
    /// Not if it may change without a change of the version.
    pub(super) lasting: bool,
}

/// The answers of one report.
pub(super) struct Fresh {
    pub(super) flights: Flights<Answer>,
    kept: Mutex<Option<(Version, Answer)>>,
    served: AtomicU64,
    built: AtomicU64,
}

impl Fresh {
    /// None yet.
    pub(super) fn new() -> Fresh {
        Fresh { flights: Flights::new(), kept: Mutex::new(None), served: 0.into(), built: 0.into() }
    }

    /// The answer at `version`: the one that is kept, or else the one that `build` reads now.
    pub(super) fn at(
        &self,
        version: Version,
        build: impl FnOnce() -> Result<Built, StoreError>,
    ) -> Result<Answer, StoreError> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, answer)) = kept().as_ref().filter(|(known, _)| *known == version) {
            self.served.fetch_add(1, Ordering::Relaxed);
            return Ok(answer.clone());
        }
        let Built { answer, lasting } = build()?;
        self.built.fetch_add(1, Ordering::Relaxed);
        *kept() = lasting.then(|| (version, answer.clone()));
        Ok(answer)
    }

    /// How many flights found the kept answer good, and how many had it read anew.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.served.load(Ordering::Relaxed), self.built.load(Ordering::Relaxed))
    }
}
