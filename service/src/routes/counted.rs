//! The counts of a range, and those of what it is compared with.

use std::sync::Arc;

use crate::reports::{Bucket, Compare, Count, Moment, Slot, Timeline, tally};
use crate::store::{Store, StoreError};

/// A range and its counts, bucket by bucket.
pub(super) struct Counted {
    /// The range.
    pub(super) timeline: Timeline,
    /// Its counts.
    pub(super) counts: Vec<Count>,
}

/// Counts a range.
pub(super) async fn counted(store: &dyn Store, timeline: Timeline) -> Result<Counted, StoreError> {
    let slots = match timeline.span() {
        Some(span) => store.slots(span, timeline.grain()).await?,
        None => Arc::default(),
    };
    Ok(Counted::new(timeline, &slots))
}

/// Counts a range and what it is compared with: where the two touch, in one question.
pub(super) async fn compared(
    store: &dyn Store,
    timeline: Timeline,
    compare: Compare,
) -> Result<(Counted, Counted), StoreError> {
    let before = timeline.before(compare);
    match (before.span(), timeline.span()) {
        (Some(mut whole), Some(span)) if whole.to == span.from => {
            whole.to = span.to;
            let slots = store.slots(whole, before.grain().min(timeline.grain())).await?;
            Ok((Counted::new(timeline, &slots), Counted::new(before, &slots)))
        }
        _ => Ok((counted(store, timeline).await?, counted(store, before).await?)),
    }
}

impl Counted {
    fn new(timeline: Timeline, slots: &[Slot]) -> Counted {
        let counts = tally(&timeline, slots);
        Counted { timeline, counts }
    }

    /// The same counts in longer buckets, of each of which some of these are the parts.
    pub(super) fn within(&self, timeline: Timeline) -> Counted {
        let slot = |(bucket, count): (&Bucket, &Count)| Slot {
            start: Moment::from_unix(bucket.seconds.start),
            tokens: count.tokens,
            visits: count.visits,
        };
        let slots: Vec<Slot> = self.timeline.buckets.iter().zip(&self.counts).map(slot).collect();
        Counted::new(timeline, &slots)
    }

    /// Both parts of it.
    pub(super) fn parts(&self) -> (&Timeline, &[Count]) {
        (&self.timeline, &self.counts)
    }
}
