//! Ranges of days, as queries give them.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::Parameter;
use super::parameters::{FROM, FROM_EVER, GRANULARITY, TO, TO_EVER, TZ};
use super::reader::Reader;
use crate::reports::{Days, Granularity, Moment, Span, Zone};

/// How many days a range has without `from`.
const USUAL: i32 = 30;

/// How many days are told at most: ten years; and three months, hour by hour.
pub(in crate::routes) const MOST_DAYS: i64 = 3_660;
const MOST_IN_HOURS: i64 = 93;

/// Reads `from`, `to` and `tz`.
pub(super) fn days(reader: &mut Reader, now: Timestamp, granularity: Granularity) -> Days {
    let zone = zone(reader);
    let tomorrow = zone.day_of(now).saturating_add(1.day());
    let (from, to) = (day(reader, &FROM), day(reader, &TO));
    let to = to.unwrap_or(tomorrow);
    let days = Days { from: from.unwrap_or_else(|| to.saturating_sub(USUAL.days())), to, zone };
    let (most, parameter) = match granularity {
        Granularity::Hour => (MOST_IN_HOURS, &GRANULARITY),
        Granularity::Day | Granularity::Week | Granularity::Month => (MOST_DAYS, &FROM),
    };
    order(reader, &days, &FROM);
    if days.count() > most {
        let count = days.count();
        reader.contradict(
            parameter,
            format!("there are {count} days from `from` to `to`: {most} are told at most"),
        );
    }
    days
}

/// Reads `from`, `to` and `tz`, of which all or none may be given.
pub(super) fn span(reader: &mut Reader, now: Timestamp) -> Option<(Days, Span)> {
    let zone = zone(reader);
    let tomorrow = zone.day_of(now).saturating_add(1.day());
    let given = reader.has(&FROM_EVER) || reader.has(&TO_EVER);
    let from = day(reader, &FROM_EVER).unwrap_or(Date::constant(1, 1, 1));
    let to = day(reader, &TO_EVER).unwrap_or(tomorrow);
    let days = Days { from, to, zone };
    order(reader, &days, &FROM_EVER);
    // Whoever reads this has seen that the days are in order.
    let nothing = Span { from: Moment::first(), to: Moment::first() };
    let span = days.span().unwrap_or(nothing);
    given.then_some((days, span))
}

/// Until when the data was read, to the minute; absent if the range was over before: its buckets are all
/// complete, and a report of them is the same until a token of that time changes.
pub(super) fn as_of(days: &Days, now: Timestamp) -> Option<String> {
    let minute = Timestamp::from_second(now.as_second().div_euclid(60) * 60).unwrap_or(now);
    (days.zone.day_of(now) < days.to).then(|| minute.to_string())
}

/// Reads `tz`.
pub(in crate::routes) fn zone(reader: &mut Reader) -> Zone {
    let name = reader.take(&TZ, |text| {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"_+/-".contains(&byte);
        let fits = (2..=64).contains(&text.len()) && text.bytes().all(letters);
        match fits && text.starts_with(|first: char| first.is_ascii_alphabetic()) {
            true => Ok(text.to_owned()),
            false => Err(format!("`{text}` is no name of a time zone: `Europe/Lisbon` is one")),
        }
    });
    let Some(name) = name else { return Zone::utc() };
    Zone::named(&name).unwrap_or_else(|| {
        let mend = match Zone::like(&name) {
            Some(meant) => format!("is it `{meant}` that you mean?"),
            None => "names are those of IANA, such as `Europe/Lisbon`".to_owned(),
        };
        reader.contradict(&TZ, format!("there is no time zone `{name}`: {mend}"));
        Zone::utc()
    })
}

/// Reads a day of the years 1 to 9999.
pub(in crate::routes) fn day(reader: &mut Reader, parameter: &Parameter) -> Option<Date> {
    let day = reader.take(parameter, |text| {
        let shape = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        let date = (shape && text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
        date.ok_or_else(|| format!("`{text}` is no day: write it as year, month and day, as in 2026-11-01"))
    })?;
    if day.year() == 0 {
        reader.contradict(parameter, "there was no year 0: the first day is 0001-01-01".to_owned());
        return None;
    }
    Some(day)
}

fn order(reader: &mut Reader, days: &Days, parameter: &Parameter) {
    if days.from >= days.to {
        let (from, to) = (days.from, days.to);
        reader.contradict(parameter, format!("`from` is {from}, which is not before `to`, {to}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn read(query: &str) -> Result<String, Vec<String>> {
        let mut reader = Reader::new(query, &[&FROM, &TO, &TZ]);
        let days = days(&mut reader, "2026-11-20T23:30:00Z".parse().unwrap(), Granularity::Day);
        match reader.finish() {
            Ok(()) => Ok(format!("{} {} {}", days.from, days.to, days.zone.name())),
            Err(Error::Malformed(faults) | Error::Contradiction(faults)) => {
                Err(faults.into_iter().map(|fault| fault.parameter).collect())
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn today_is_the_last_day_where_it_is_asked() {
        assert_eq!(read("").unwrap(), "2026-10-22 2026-11-21 UTC");
        assert_eq!(read("tz=Asia/Tokyo").unwrap(), "2026-10-23 2026-11-22 Asia/Tokyo");
        assert_eq!(read("to=2026-03-01&tz=utc").unwrap(), "2026-01-30 2026-03-01 UTC");
    }

    #[test]
    fn what_is_no_day_is_told() {
        for text in ["2026-2-3", "2026-02-30", "20260203", "0000-01-01", "+02026-01", "2026-02-03T10:00", ""]
        {
            assert_eq!(read(&format!("from={}", text.replace('+', "%2B"))).unwrap_err(), ["from"], "{text}");
        }
        assert_eq!(read("from=2026-12-01&to=2026-11-01").unwrap_err(), ["from"]);
        assert_eq!(read("from=2026-11-01&to=2026-11-01").unwrap_err(), ["from"]);
        assert_eq!(read("from=2000-01-01").unwrap_err(), ["from"]);
        assert_eq!(read("tz=Europe/Lisboa").unwrap_err(), ["tz"]);
        assert_eq!(read("tz=../etc&from=soon").unwrap_err(), ["tz", "from"]);
    }
}
