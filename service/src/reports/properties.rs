//! What holds for every range, zone and granularity.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;

use super::{Compare, Days, Granularity, Moment, Slot, Timeline, Zone, figures, tally, usage};

const ZONES: [&str; 10] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Africa/Monrovia",
];
const GRANULARITIES: [Granularity; 4] =
    [Granularity::Hour, Granularity::Day, Granularity::Week, Granularity::Month];

fn days() -> impl Strategy<Value = Days> {
    let from = (0..60_000_i32).prop_map(|days| date(1900, 1, 1).saturating_add(days.days()));
    (from, 1..90_i32, prop::sample::select(&ZONES)).prop_map(|(from, count, zone): (Date, i32, &str)| Days {
        from,
        to: from.saturating_add(count.days()),
        zone: Zone::named(zone).unwrap(),
    })
}

/// Slots of the grain that `timeline` wants, at a share of its range and beyond its ends.
fn slots(timeline: &Timeline, chances: &[(f64, i64, i64)]) -> Vec<Slot> {
    let (first, last) = (timeline.buckets.first().unwrap(), timeline.buckets.last().unwrap());
    let length = (last.seconds.end - first.seconds.start) as f64;
    let slot = |(share, used, unused): &(f64, i64, i64)| {
        let moment = Moment::from_unix(first.seconds.start + (share * length) as i64);
        Slot { start: timeline.grain().begin(moment), tokens: used + unused, visits: *used }
    };
    chances.iter().map(slot).collect()
}

fn chances() -> impl Strategy<Value = Vec<(f64, i64, i64)>> {
    prop::collection::vec((-0.2..1.2_f64, 0..1000_i64, 0..1000_i64), 0..80)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn buckets_have_no_gap(days in days()) {
        for granularity in GRANULARITIES {
            let timeline = Timeline::new(days.clone(), granularity);
            for pair in timeline.buckets.windows(2) {
                prop_assert_eq!(pair[0].seconds.end, pair[1].seconds.start);
            }
            prop_assert!(timeline.buckets.iter().all(|bucket| bucket.seconds.start < bucket.seconds.end));
            let before = timeline.before(Compare::PreviousYear);
            prop_assert_eq!(before.buckets.len(), timeline.buckets.len());
            for pair in before.buckets.windows(2) {
                prop_assert!(pair[0].seconds.end <= pair[1].seconds.start);
                prop_assert!(pair[0].seconds.start <= pair[0].seconds.end);
            }
        }
    }

    #[test]
    fn every_granularity_sums_to_the_same(days in days(), chances in chances()) {
        let hours = Timeline::new(days.clone(), Granularity::Hour);
        let slots = slots(&hours, &chances);
        let Some(span) = hours.span() else { return Ok(()) };
        let within: i64 = slots.iter().filter(|slot| span.contains(slot.start)).map(|slot| slot.tokens).sum();
        prop_assert_eq!(days.span(), Some(span));
        for granularity in GRANULARITIES {
            let timeline = Timeline::new(days.clone(), granularity);
            prop_assert_eq!(timeline.span(), Some(span));
            let counts = tally(&timeline, &slots);
            prop_assert_eq!(counts.iter().map(|count| count.tokens).sum::<i64>(), within);
        }
    }

    #[test]
    fn what_was_before_is_all_there(days in days(), chances in chances()) {
        for compare in [Compare::PreviousPeriod, Compare::PreviousYear] {
            let hours = Timeline::new(days.before(compare), Granularity::Hour);
            let slots = slots(&hours, &chances);
            let Some(span) = hours.span() else { continue };
            let within: i64 =
                slots.iter().filter(|slot| span.contains(slot.start)).map(|slot| slot.visits).sum();
            for granularity in GRANULARITIES {
                let before = Timeline::new(days.clone(), granularity).before(compare);
                let sum: i64 = tally(&before, &slots).iter().map(|count| count.visits).sum();
                prop_assert_eq!(sum, within, "{:?} {:?}", granularity, compare);
            }
        }
    }

    #[test]
    fn rows_are_what_the_buckets_are(days in days(), chances in chances(), now in 0..4_000_000_000_i64) {
        let now = Timestamp::from_second(now).unwrap();
        let timeline = Timeline::new(days, Granularity::Day);
        let counts = tally(&timeline, &slots(&timeline, &chances));
        let rows = usage(&timeline, &counts, None, now);
        let figures = figures(&timeline, &counts, now);
        prop_assert_eq!(rows.iter().map(|row| row.visits).sum::<i64>(), figures.visits);
        prop_assert_eq!(rows.iter().map(|row| row.visits).max().unwrap_or(0), figures.peak.map_or(0, |peak| peak.visits));
        for pair in rows.windows(2) {
            prop_assert!(pair[0].start < pair[1].start);
            prop_assert!(pair[0].complete || !pair[1].complete);
        }
    }
}
