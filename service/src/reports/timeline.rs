//! A range of days in a time zone, cut into buckets.

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Grain, Moment, Span, Zone};

const HOUR: i64 = 3600;

/// How long a bucket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// An hour. A day has 23 or 25 of them when the clocks change.
    Hour,
    /// A day of the zone, from midnight to midnight.
    Day,
    /// A week, from Monday to Sunday.
    Week,
    /// A month.
    Month,
}

/// With what a range is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// As many days, just before it.
    PreviousPeriod,
    /// The same days of the year before.
    PreviousYear,
}

/// Days of a time zone: from one to another, without the second.
#[derive(Clone, Debug)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
    /// Where they are days.
    pub zone: Zone,
}

impl Days {
    /// How many there are.
    pub fn count(&self) -> i64 {
        self.from.until(self.to).map_or(0, |span| i64::from(span.get_days()))
    }

    /// From the midnight with which the first begins to the one with which the last ends; absent if there is
    /// nothing between the two.
    pub fn span(&self) -> Option<Span> {
        let midnight =
            |day: Date| Moment::from_unix(self.zone.instant(day.to_datetime(jiff::civil::Time::midnight())));
        let span = Span { from: midnight(self.from), to: midnight(self.to) };
        (span.from < span.to).then_some(span)
    }

    /// The days that these are compared with.
    pub fn before(&self, compare: Compare) -> Days {
        let shift = |day| compare.shift(day, self.count());
        Days { from: shift(self.from), to: shift(self.to), zone: self.zone.clone() }
    }
}

impl Compare {
    /// The day with which `day` is compared, in a range of `count` days. The 29th of February, in a year
    /// that has none, is the 1st of March.
    fn shift(self, day: Date, count: i64) -> Date {
        match self {
            Compare::PreviousPeriod => day.saturating_sub(count.days()),
            Compare::PreviousYear => {
                let earlier = day.saturating_sub(1.years());
                if earlier.day() == day.day() { earlier } else { earlier.saturating_add(1.day()) }
            }
        }
    }
}

/// One part of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// When it begins and ends, in seconds after 1970.
    pub seconds: Range<i64>,
    /// Its first day or hour, as clocks show it, and that of the next bucket.
    pub clock: Range<DateTime>,
    /// Whether it is a whole hour, day, week or month: the ends of the range may cut it.
    pub whole: bool,
}

/// A range cut into buckets, without a gap. It may be empty.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The range.
    pub days: Days,
    /// How long the buckets are.
    pub granularity: Granularity,
    /// The buckets, the first first.
    pub buckets: Vec<Bucket>,
}

impl Timeline {
    /// Cuts `days`.
    pub fn new(days: Days, granularity: Granularity) -> Timeline {
        let mut cuts: Vec<(i64, DateTime)> = Vec::new();
        let mut day = days.from;
        while day < days.to {
            let next = granularity.next(day).min(days.to);
            let midnight = day.to_datetime(jiff::civil::Time::midnight());
            let start = days.zone.instant(midnight);
            cuts.push((start, midnight));
            if granularity == Granularity::Hour {
                let end = days.zone.instant(next.to_datetime(jiff::civil::Time::midnight()));
                let hours = (1..).map(|hour| start + hour * HOUR).take_while(|moment| *moment < end);
                cuts.extend(hours.map(|moment| (moment, days.zone.clock(moment).0)));
            }
            day = next;
        }
        let end = days.to.to_datetime(jiff::civil::Time::midnight());
        cuts.push((days.zone.instant(end), end));
        let buckets = cuts.windows(2).filter_map(|pair| {
            let [(start, from), (end, to)] = pair else { return None };
            let whole = match granularity {
                Granularity::Hour | Granularity::Day => true,
                Granularity::Week | Granularity::Month => {
                    granularity.begin(from.date()) == from.date()
                        && granularity.next(from.date()) == to.date()
                }
            };
            // A day that a zone left out, when it moved across the date line, is no bucket.
            (start < end).then_some(Bucket { seconds: *start..*end, clock: *from..*to, whole })
        });
        let buckets = buckets.collect();
        Timeline { days, granularity, buckets }
    }

    /// The same buckets, moved to what they are compared with. There are as many of them, they have no gap
    /// either, and one may be empty: an hour that the clocks repeat has none before it.
    pub fn before(&self, compare: Compare) -> Timeline {
        let days = self.days.before(compare);
        let count = self.days.count();
        let shift = |clock: DateTime| {
            let day = compare.shift(clock.date(), count);
            // No hour of the 29th of February has one before it, in a year that has no such day.
            let is_left_out = compare == Compare::PreviousYear && day.day() != clock.day();
            let time = if is_left_out { jiff::civil::Time::midnight() } else { clock.time() };
            day.to_datetime(time)
        };
        let mut end = i64::MIN;
        let mut shifted = |clock| {
            let clock = shift(clock);
            end = end.max(days.zone.instant(clock));
            (end, clock)
        };
        let buckets = self.buckets.iter().map(|bucket| {
            let ((start, from), (end, to)) = (shifted(bucket.clock.start), shifted(bucket.clock.end));
            Bucket { seconds: start..end, clock: from..to, whole: bucket.whole }
        });
        let buckets = buckets.collect();
        Timeline { days, granularity: self.granularity, buckets }
    }

    /// The part of the past that it is about; absent if it is empty.
    pub fn span(&self) -> Option<Span> {
        let (first, last) = (self.buckets.first()?, self.buckets.last()?);
        let span =
            Span { from: Moment::from_unix(first.seconds.start), to: Moment::from_unix(last.seconds.end) };
        (span.from < span.to).then_some(span)
    }

    /// The coarsest grain of which every bucket is made.
    pub fn grain(&self) -> Grain {
        let edges = || self.buckets.iter().flat_map(|bucket| [bucket.seconds.start, bucket.seconds.end]);
        let fits = |grain: &Grain| edges().all(|edge| edge.rem_euclid(grain.seconds()) == 0);
        Grain::ALL.into_iter().find(fits).unwrap_or(Grain::Second)
    }

    /// What a bucket's edge is called: a day, or an hour with its distance from UTC.
    pub(super) fn name(&self, clock: DateTime, seconds: i64) -> String {
        match self.granularity {
            Granularity::Hour => self.days.zone.clock(seconds).1,
            Granularity::Day | Granularity::Week | Granularity::Month => clock.date().to_string(),
        }
    }
}

impl Bucket {
    /// Whether it is over, and was not cut.
    pub fn is_complete(&self, now: Timestamp) -> bool {
        self.whole && self.seconds.end <= now.as_second()
    }
}

impl Granularity {
    /// The day on which the bucket of `day` begins.
    fn begin(self, day: Date) -> Date {
        match self {
            Granularity::Hour | Granularity::Day => day,
            Granularity::Week => day.saturating_sub(day.weekday().to_monday_zero_offset().days()),
            Granularity::Month => day.first_of_month(),
        }
    }

    /// The day on which the next bucket after that of `day` begins.
    fn next(self, day: Date) -> Date {
        let begin = self.begin(day);
        match self {
            Granularity::Hour | Granularity::Day => begin.saturating_add(1.day()),
            Granularity::Week => begin.saturating_add(7.days()),
            Granularity::Month => begin.saturating_add(1.month()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn timeline(zone: &str, from: Date, to: Date, granularity: Granularity) -> Timeline {
        Timeline::new(Days { from, to, zone: Zone::named(zone).unwrap() }, granularity)
    }

    fn names(timeline: &Timeline) -> Vec<String> {
        let starts = timeline.buckets.iter().map(|one| timeline.name(one.clock.start, one.seconds.start));
        starts.collect()
    }

    #[test]
    fn a_day_has_23_or_25_hours_when_clocks_change() {
        for (day, hours) in [(date(2026, 3, 29), 23), (date(2026, 3, 30), 24), (date(2026, 10, 25), 25)] {
            let timeline = timeline("Europe/Berlin", day, day.tomorrow().unwrap(), Granularity::Hour);
            assert_eq!(timeline.buckets.len(), hours, "{day}");
        }
        let autumn = timeline("Europe/Berlin", date(2026, 10, 25), date(2026, 10, 26), Granularity::Hour);
        assert_eq!(names(&autumn)[2..4], ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]);
    }

    #[test]
    fn weeks_begin_on_monday_and_the_range_cuts_them() {
        let weeks = timeline("UTC", date(2026, 11, 1), date(2026, 11, 18), Granularity::Week);
        assert_eq!(names(&weeks), ["2026-11-01", "2026-11-02", "2026-11-09", "2026-11-16"]);
        let whole: Vec<bool> = weeks.buckets.iter().map(|bucket| bucket.whole).collect();
        assert_eq!(whole, [false, true, true, false]);
    }

    #[test]
    fn months_are_as_long_as_they_are() {
        let months = timeline("UTC", date(2024, 1, 1), date(2024, 4, 1), Granularity::Month);
        let days = months.buckets.iter().map(|one| (one.seconds.end - one.seconds.start) / 86_400);
        assert_eq!(days.collect::<Vec<_>>(), [31, 29, 31]);
        assert!(months.buckets.iter().all(|bucket| bucket.whole));
    }

    /// Samoa went from the 29th to the 31st of December 2011.
    #[test]
    fn a_day_that_never_was_is_no_bucket() {
        let days = timeline("Pacific/Apia", date(2011, 12, 29), date(2012, 1, 1), Granularity::Day);
        assert_eq!(names(&days), ["2011-12-29", "2011-12-31"]);
    }

    #[test]
    fn the_grain_is_as_coarse_as_the_zone_allows() {
        for (zone, year, grain) in [
            ("UTC", 2026, Grain::Day),
            ("Europe/Berlin", 2026, Grain::Hour),
            ("Asia/Kolkata", 2026, Grain::Quarter),
            ("Asia/Kathmandu", 2026, Grain::Quarter),
            ("Africa/Monrovia", 1960, Grain::Second),
        ] {
            let days = timeline(zone, date(year, 6, 1), date(year, 6, 9), Granularity::Day);
            assert_eq!(days.grain(), grain, "{zone}");
        }
    }

    #[test]
    fn leap_days_are_compared_with_no_day() {
        let days = timeline("UTC", date(2024, 2, 28), date(2024, 3, 2), Granularity::Day);
        let before = days.before(Compare::PreviousYear);
        assert_eq!(names(&before), ["2023-02-28", "2023-03-01", "2023-03-01"]);
        let seconds = before.buckets.iter().map(|one| one.seconds.end - one.seconds.start);
        assert_eq!(seconds.collect::<Vec<_>>(), [86_400, 0, 86_400]);
    }

    #[test]
    fn a_range_is_compared_with_as_many_days_before() {
        let days = timeline("UTC", date(2026, 3, 1), date(2026, 3, 4), Granularity::Day);
        assert_eq!(names(&days.before(Compare::PreviousPeriod)), ["2026-02-26", "2026-02-27", "2026-02-28"]);
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap() {
        for (from, to) in [(date(1, 1, 1), date(1, 1, 5)), (date(9999, 12, 28), date(9999, 12, 31))] {
            for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
                let days = timeline(zone, from, to, Granularity::Hour);
                assert!(!days.buckets.is_empty() && days.span().is_some());
                assert_eq!(days.before(Compare::PreviousYear).buckets.len(), days.buckets.len());
            }
        }
    }
}
