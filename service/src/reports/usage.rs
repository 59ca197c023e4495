//! Tokens and visits by bucket.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Bucket, Slot, Timeline};

/// Tokens made within a time, and how many of them were used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All of them.
    pub tokens: i64,
    /// Those that were used, then or later.
    pub visits: i64,
}

/// The counts of one bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Usage {
    /// Its first day, or the moment at which the hour begins.
    pub start: String,
    /// The first day, or the moment, after it.
    pub end: String,
    /// The visits: tokens made in it that were used, then or later.
    #[schemars(range(min = 0))]
    pub visits: i64,
    /// All tokens made in it, used or not.
    #[schemars(range(min = 0))]
    pub tokens: i64,
    /// Whether it is over, and whole: the range may cut a week or a month.
    pub complete: bool,
    /// What it is compared with; absent without `compare`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "UsageBefore")]
    pub previous: Option<UsageBefore>,
}

/// The counts of what a bucket is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UsageBefore {
    /// Its first day, or the moment at which the hour begins.
    pub start: String,
    /// The first day, or the moment, after it; its start, if it is empty.
    pub end: String,
    /// The visits.
    #[schemars(range(min = 0))]
    pub visits: i64,
    /// All tokens.
    #[schemars(range(min = 0))]
    pub tokens: i64,
}

/// Counts what each bucket of `timeline` holds of `slots`, which are in any order.
pub fn tally(timeline: &Timeline, slots: &[Slot]) -> Vec<Count> {
    let mut counts = vec![Count::default(); timeline.buckets.len()];
    for slot in slots {
        let second = slot.start.unix_seconds();
        // An empty bucket begins where the next one does: what is there is in the last of them.
        let after = timeline.buckets.partition_point(|bucket| bucket.seconds.start <= second);
        let Some(index) = after.checked_sub(1) else { continue };
        if timeline.buckets.get(index).is_some_and(|bucket| second < bucket.seconds.end) {
            counts[index].tokens += slot.tokens;
            counts[index].visits += slot.visits;
        }
    }
    counts
}

/// The report: a row a bucket. `before` is what it is compared with, bucket by bucket.
pub fn usage(
    timeline: &Timeline,
    counts: &[Count],
    before: Option<(&Timeline, &[Count])>,
    now: Timestamp,
) -> Vec<Usage> {
    let edges = |timeline: &Timeline, bucket: &Bucket| {
        let start = timeline.name(bucket.clock.start, bucket.seconds.start);
        (start, timeline.name(bucket.clock.end, bucket.seconds.end))
    };
    let row = |(index, (bucket, count)): (usize, (&Bucket, &Count))| {
        let previous = before.and_then(|(timeline, counts)| {
            let (bucket, count) = (timeline.buckets.get(index)?, counts.get(index)?);
            let (start, end) = edges(timeline, bucket);
            Some(UsageBefore { start, end, visits: count.visits, tokens: count.tokens })
        });
        let (start, end) = edges(timeline, bucket);
        let complete = bucket.is_complete(now);
        Usage { start, end, visits: count.visits, tokens: count.tokens, complete, previous }
    };
    timeline.buckets.iter().zip(counts).enumerate().map(row).collect()
}

impl Usage {
    /// Whether no token was made, neither in it nor in what it is compared with.
    pub fn is_empty(&self) -> bool {
        self.tokens == 0 && self.previous.as_ref().is_none_or(|previous| previous.tokens == 0)
    }
}
