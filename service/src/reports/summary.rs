//! A range in a few figures.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Count, Timeline};

/// A range in a few figures, and those of what it is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// The figures of the range.
    #[serde(flatten)]
    pub figures: Figures,
    /// The figures of what it is compared with.
    pub previous: Figures,
    /// How they differ, day by day, on those days alone that are over.
    pub change: Change,
}

/// The figures of some days.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Figures {
    /// The visits: tokens that were used.
    #[schemars(range(min = 0))]
    pub visits: i64,
    /// All tokens, used or not.
    #[schemars(range(min = 0))]
    pub tokens: i64,
    /// How many days have begun.
    #[schemars(range(min = 0))]
    pub days: i64,
    /// How many of them had a visit.
    #[schemars(range(min = 0))]
    pub active_days: i64,
    /// Visits by day that has begun, to the hundredth; absent before the first of them.
    #[schemars(range(min = 0))]
    pub average_per_day: Option<f64>,
    /// The day with the most visits, the first of them; absent without a visit.
    pub peak: Option<Peak>,
}

/// The day with the most visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Peak {
    /// The day.
    #[schemars(extend("format" = "date"))]
    pub day: String,
    /// Its visits.
    #[schemars(range(min = 1))]
    pub visits: i64,
}

/// How much more or less there was: 0.25 is a quarter more.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// Of the visits; absent where there were none before.
    #[schemars(range(min = -1.0))]
    pub visits: Option<f64>,
    /// Of all tokens; absent where there were none before.
    #[schemars(range(min = -1.0))]
    pub tokens: Option<f64>,
}

/// Sums up days: `timeline` and `before` have as many buckets, each a day.
pub fn summary(
    (timeline, counts): (&Timeline, &[Count]),
    (before, counts_before): (&Timeline, &[Count]),
    now: Timestamp,
) -> Summary {
    let over = timeline.buckets.iter().map(|bucket| bucket.is_complete(now));
    let (mut then, mut since) = (Count::default(), Count::default());
    for ((_, count), before) in over.zip(counts).zip(counts_before).filter(|((over, _), _)| *over) {
        then = add(then, *before);
        since = add(since, *count);
    }
    Summary {
        figures: figures(timeline, counts, now),
        previous: figures(before, counts_before, now),
        change: Change {
            visits: change(then.visits, since.visits),
            tokens: change(then.tokens, since.tokens),
        },
    }
}

fn add(one: Count, other: Count) -> Count {
    Count { tokens: one.tokens + other.tokens, visits: one.visits + other.visits }
}

/// The figures of days.
pub fn figures(timeline: &Timeline, counts: &[Count], now: Timestamp) -> Figures {
    let total = counts.iter().copied().fold(Count::default(), add);
    // What is empty is no day: see `Timeline::before`.
    let begun = timeline.buckets.iter().filter(|bucket| {
        bucket.seconds.start < bucket.seconds.end && bucket.seconds.start <= now.as_second()
    });
    let days = begun.count() as i64;
    let mut peak: Option<Peak> = None;
    for (bucket, count) in timeline.buckets.iter().zip(counts) {
        if count.visits > peak.as_ref().map_or(0, |peak| peak.visits) {
            let day = bucket.clock.start.date().to_string();
            peak = Some(Peak { day, visits: count.visits });
        }
    }
    Figures {
        visits: total.visits,
        tokens: total.tokens,
        days,
        active_days: counts.iter().filter(|count| count.visits > 0).count() as i64,
        average_per_day: (days > 0).then(|| rounded(total.visits as f64 / days as f64, 100.0)),
        peak,
    }
}

fn change(before: i64, since: i64) -> Option<f64> {
    (before > 0).then(|| rounded((since - before) as f64 / before as f64, 10_000.0))
}

fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{Compare, Days, Granularity, Zone};
    use super::*;

    #[test]
    fn today_counts_and_is_not_compared() {
        let days = Days { from: date(2026, 11, 18), to: date(2026, 11, 22), zone: Zone::utc() };
        let timeline = Timeline::new(days, Granularity::Day);
        let before = timeline.before(Compare::PreviousPeriod);
        let count = |visits| Count { tokens: visits * 2, visits };
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        let counts = [10, 30, 5, 0].map(count);
        let summary = summary((&timeline, &counts), (&before, &[20, 12, 40, 40].map(count)), now);
        assert_eq!(
            summary.figures,
            Figures {
                visits: 45,
                tokens: 90,
                days: 3,
                active_days: 3,
                average_per_day: Some(15.0),
                peak: Some(Peak { day: "2026-11-19".to_owned(), visits: 30 }),
            }
        );
        assert_eq!(summary.previous.visits, 112);
        assert_eq!(summary.change.visits, Some(0.25));
    }

    #[test]
    fn nothing_is_no_share_of_nothing() {
        assert_eq!(change(0, 10), None);
        assert_eq!(change(3, 4), Some(0.3333));
        assert_eq!(change(10, 0), Some(-1.0));
    }
}
