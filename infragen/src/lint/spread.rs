//! The same work for each of many things, on all cores, and what comes of it in their order.

use rayon::prelude::*;

/// From how many documents on it is worth to wake threads for them.
const MANY: usize = 64;

/// Work that takes as long as to look at so many documents.
pub(super) fn each<T: Sync, R: Send>(
    documents: usize,
    things: &[T],
    work: impl Fn(&T) -> R + Sync + Send,
) -> Vec<R> {
    if documents < MANY {
        return things.iter().map(work).collect();
    }
    things.par_iter().map(work).collect()
}

/// As [`each`], for documents that are given away.
pub(super) fn each_given<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if things.len() < MANY {
        return things.into_iter().map(work).collect();
    }
    things.into_par_iter().map(work).collect()
}
