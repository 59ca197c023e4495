//! Rows that are kept for each question, for as long as nothing has changed.
//!
//! It is [`super::fresh`] for reports that may be asked in many ways: all that is kept was read at one
//! [`Version`] or after it, and goes when another is told. What makes an answer depend on the clock is part of
//! the question, the end of its span: so the same question has the same rows.
//! What is kept is bounded in bytes, and the oldest goes first.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::fresh::Version;
use crate::reports::{Slot, Visitor};

/// What is kept at most, in bytes: some ten years by the day and twenty pages of a thousand users. All of it may go
/// with the next write, so that more would rarely be worth its memory.
const MOST: usize = 4 << 20;

/// What takes memory.
pub(super) trait Weight {
    /// How much, in bytes.
    fn weight(&self) -> usize;
}

impl Weight for Slot {
    fn weight(&self) -> usize {
        size_of::<Slot>()
    }
}

impl Weight for Visitor {
    fn weight(&self) -> usize {
        let names = [&self.first_name, &self.last_name];
        size_of::<Visitor>() + names.into_iter().flatten().map(String::capacity).sum::<usize>()
    }
}

/// The rows of questions of one kind.
pub(super) struct Kept<Q, R> {
    shelf: Mutex<Shelf<Q, R>>,
    served: AtomicU64,
    read: AtomicU64,
}

struct Shelf<Q, R> {
    /// Of which all rows are.
    version: Option<Version>,
    rows: HashMap<Q, Arc<[R]>>,
    /// The questions, the oldest first.
    order: VecDeque<Q>,
    weight: usize,
}

impl<Q: Clone + Eq + Hash, R: Weight> Kept<Q, R> {
    /// None yet.
    pub(super) fn new() -> Kept<Q, R> {
        let shelf = Shelf { version: None, rows: HashMap::new(), order: VecDeque::new(), weight: 0 };
        Kept { shelf: Mutex::new(shelf), served: 0.into(), read: 0.into() }
    }

    /// The rows that `question` has at `version`, if they are kept.
    pub(super) fn at(&self, version: &Version, question: &Q) -> Option<Arc<[R]>> {
        let shelf = self.lock();
        let rows = shelf.rows.get(question).filter(|_| shelf.version.as_ref() == Some(version)).cloned();
        drop(shelf);
        if rows.is_some() {
            self.served.fetch_add(1, Ordering::Relaxed);
        }
        rows
    }

    /// Keeps `rows`, which were read after `version` had been told, unless they may change without it.
    pub(super) fn keep(&self, version: Version, question: Q, rows: &Arc<[R]>, lasting: bool) {
        self.read.fetch_add(1, Ordering::Relaxed);
        let weight = weight(rows);
        if lasting && weight <= MOST / 4 {
            self.lock().put(version, question, rows, weight);
        }
    }

    /// How many questions found their rows kept, and how many had them read anew.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.served.load(Ordering::Relaxed), self.read.load(Ordering::Relaxed))
    }

    fn lock(&self) -> MutexGuard<'_, Shelf<Q, R>> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Q: Clone + Eq + Hash, R: Weight> Shelf<Q, R> {
    fn put(&mut self, version: Version, question: Q, rows: &Arc<[R]>, weight: usize) {
        if self.version.as_ref() != Some(&version) {
            self.rows.clear();
            self.order.clear();
            (self.version, self.weight) = (Some(version), 0);
        }
        // Who asked the same meanwhile has read the same.
        if self.rows.contains_key(&question) {
            return;
        }
        self.rows.insert(question.clone(), Arc::clone(rows));
        self.order.push_back(question);
        self.weight += weight;
        while self.weight > MOST {
            let Some(oldest) = self.order.pop_front() else { break };
            self.weight -= self.rows.remove(&oldest).map_or(0, |rows| self::weight(&rows));
        }
    }
}

/// How much rows take, and the question: an empty answer is not free.
fn weight<R: Weight>(rows: &[R]) -> usize {
    const QUESTION: usize = 256;
    QUESTION + rows.iter().map(Weight::weight).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::Moment;

    fn version(word: &str) -> Version {
        Version { word: word.to_owned(), started: 0, opened: 1 }
    }

    fn rows(count: usize, tokens: i64) -> Arc<[Slot]> {
        vec![Slot { start: Moment::first(), tokens, visits: 0 }; count].into()
    }

    #[test]
    fn rows_are_those_of_their_question_and_their_version() {
        let kept = Kept::new();
        kept.keep(version("a"), 1, &rows(1, 10), true);
        kept.keep(version("a"), 2, &rows(1, 20), true);
        assert_eq!(kept.at(&version("a"), &2), Some(rows(1, 20)));
        assert_eq!(kept.at(&version("a"), &3), None);
        assert_eq!(kept.at(&version("b"), &1), None);
        // Another server, or another count of connections.
        assert_eq!(kept.at(&Version { started: 7, ..version("a") }, &1), None);
        assert_eq!(kept.at(&Version { opened: 2, ..version("a") }, &1), None);
        kept.keep(version("b"), 3, &rows(1, 30), true);
        for question in [1, 2] {
            assert_eq!((kept.at(&version("a"), &question), kept.at(&version("b"), &question)), (None, None));
        }
        assert_eq!(kept.at(&version("b"), &3), Some(rows(1, 30)));
        assert_eq!(kept.counts(), (2, 3));
    }

    #[test]
    fn what_may_change_by_itself_is_not_kept() {
        let kept = Kept::new();
        kept.keep(version("a"), 1, &rows(1, 10), false);
        assert_eq!((kept.at(&version("a"), &1), kept.counts()), (None, (0, 1)));
    }

    #[test]
    fn the_oldest_make_room() {
        let kept = Kept::new();
        let count = MOST / 5 / size_of::<Slot>();
        for question in 0..20 {
            kept.keep(version("a"), question, &rows(count, question), true);
            assert!(kept.lock().weight <= MOST);
        }
        let there: Vec<_> = (0..20).filter(|question| kept.at(&version("a"), question).is_some()).collect();
        assert_eq!(there, [16, 17, 18, 19]);
        // What is too long would displace all others.
        kept.keep(version("a"), 20, &rows(MOST, 20), true);
        assert_eq!(kept.at(&version("a"), &20), None);
        // Nor may many that are empty grow without end.
        (100..100_000).for_each(|question| kept.keep(version("a"), question, &rows(0, 0), true));
        let shelf = kept.lock();
        assert!(shelf.rows.len() <= MOST / 256);
        assert_eq!(shelf.rows.len(), shelf.order.len());
    }
}
