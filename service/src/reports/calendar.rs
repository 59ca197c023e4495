//! Days and moments as the reports print them: the years 1 to 9999, without a zone.

use std::fmt;

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// A value that the reports cannot print.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A day before the year 1 or after 9999: this many days from 2000-01-01.
    #[error("a day outside of the years 1 to 9999: {0} days from 2000-01-01")]
    OutOfRange(i64),
    /// A text that is no day, or no moment.
    #[error("`{0}` is no moment between the years 1 and 9999")]
    Unreadable(String),
}

/// A day of the years 1 to 9999. It prints as `2023-02-07`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A moment of the years 1 to 9999, to the microsecond.
///
/// It prints as `2023-02-07 10:11:12.100000`, and without the fraction if that is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    day: Day,
    time: Time,
}

const JULIAN_DAY_OF_2000: i64 = 2_451_545;
const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

impl Day {
    /// What `infinity` prints as.
    pub const LAST: Day = Day(Date::MAX);

    /// What `-infinity` prints as.
    pub fn first() -> Day {
        Date::from_ordinal_date(1, 1).map_or(Day::LAST, Day)
    }

    /// The day that is so many days after 2000-01-01.
    pub fn from_2000(days: i64) -> Result<Day, CalendarError> {
        let date =
            i32::try_from(days + JULIAN_DAY_OF_2000).ok().and_then(|day| Date::from_julian_day(day).ok());
        date.filter(|date| date.year() >= 1).map(Day).ok_or(CalendarError::OutOfRange(days))
    }

    /// Reads `2023-02-07`, `infinity` or `-infinity`.
    pub fn from_text(text: &str) -> Result<Day, CalendarError> {
        match text {
            "infinity" => Ok(Day::LAST),
            "-infinity" => Ok(Day::first()),
            _ => read_day(text).ok_or_else(|| CalendarError::Unreadable(text.to_owned())),
        }
    }
}

impl Moment {
    /// What `infinity` prints as: the last microsecond of the year 9999.
    pub fn last() -> Moment {
        Moment { day: Day::LAST, time: Time::from_hms_micro(23, 59, 59, 999_999).unwrap_or(Time::MIDNIGHT) }
    }

    /// What `-infinity` prints as: the midnight with which the year 1 begins.
    pub fn first() -> Moment {
        Moment { day: Day::first(), time: Time::MIDNIGHT }
    }

    /// The moment that is so many microseconds after 2000-01-01.
    pub fn from_2000(microseconds: i64) -> Result<Moment, CalendarError> {
        let day = Day::from_2000(microseconds.div_euclid(MICROSECONDS_A_DAY))?;
        let rest = time::Duration::microseconds(microseconds.rem_euclid(MICROSECONDS_A_DAY));
        Ok(Moment { day, time: Time::MIDNIGHT + rest })
    }

    /// The moment that is so many seconds after 1970-01-01; one outside of the years 1 to 9999 becomes the
    /// first, or the last.
    pub fn from_unix(seconds: i64) -> Moment {
        match OffsetDateTime::from_unix_timestamp(seconds) {
            Ok(moment) => Moment::from(PrimitiveDateTime::new(moment.date(), moment.time())),
            Err(_) if seconds < 0 => Moment::first(),
            Err(_) => Moment::last(),
        }
    }

    /// The day that it is in.
    pub fn day(self) -> Day {
        self.day
    }

    /// How many whole seconds after 1970-01-01 it is.
    pub fn unix_seconds(self) -> i64 {
        PrimitiveDateTime::new(self.day.0, self.time).assume_utc().unix_timestamp()
    }

    /// How many microseconds after 2000-01-01 it is.
    pub fn since_2000(self) -> i64 {
        let days = i64::from(self.day.0.to_julian_day()) - JULIAN_DAY_OF_2000;
        let (hour, minute, second, micro) = self.time.as_hms_micro();
        let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        days * MICROSECONDS_A_DAY + seconds * 1_000_000 + i64::from(micro)
    }

    /// Reads `2023-02-07`, `2023-02-07 10:11`, `2023-02-07T10:11:12.1`, `infinity` or `-infinity`.
    ///
    /// What is finer than a microsecond is cut off.
    pub fn from_text(text: &str) -> Result<Moment, CalendarError> {
        match text {
            "infinity" => return Ok(Moment::last()),
            "-infinity" => return Ok(Moment::first()),
            _ => {}
        }
        let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "00:00"));
        let moment = read_day(day).zip(read_time(time)).map(|(day, time)| Moment { day, time });
        moment.ok_or_else(|| CalendarError::Unreadable(text.to_owned()))
    }
}

impl From<PrimitiveDateTime> for Moment {
    /// Keeps the moment; one before the year 1 becomes the first.
    fn from(moment: PrimitiveDateTime) -> Moment {
        Moment { day: Day(moment.date()), time: moment.time() }.max(Moment::first())
    }
}

fn read_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let year = digits(parts.next()?, 4)?;
    let month = Month::try_from(u8::try_from(digits(parts.next()?, 2)?).ok()?).ok()?;
    let day = u8::try_from(digits(parts.next()?, 2)?).ok()?;
    Date::from_calendar_date(i32::try_from(year).ok().filter(|year| *year >= 1)?, month, day).ok().map(Day)
}

fn read_time(text: &str) -> Option<Time> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts =
        whole.splitn(3, ':').map(|part| digits(part, 2).and_then(|number| u8::try_from(number).ok()));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let micro = digits(format!("{fraction:0<6}").get(..6)?, 6)?;
    fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Time::from_hms_micro(hour, minute, second, micro).ok()
}

/// The number that exactly `count` digits make.
fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second, micro) = self.time.as_hms_micro();
        write!(f, "{} {hour:02}:{minute:02}:{second:02}", self.day)?;
        if micro == 0 { Ok(()) } else { write!(f, ".{micro:06}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_print_as_the_contract_says() {
        for (days, printed) in
            [(0, "2000-01-01"), (8438, "2023-02-07"), (-365_243, "0999-12-31"), (-730_119, "0001-01-01")]
        {
            assert_eq!(Day::from_2000(days).unwrap().to_string(), printed);
        }
        assert_eq!(Day::from_2000(2_921_939).unwrap().to_string(), "9999-12-31");
    }

    #[test]
    fn days_outside_of_the_calendar_are_errors() {
        for days in [-730_120, 2_921_940, i64::from(i32::MAX), i64::from(i32::MIN)] {
            assert_eq!(Day::from_2000(days), Err(CalendarError::OutOfRange(days)));
        }
        for text in ["-0043-03-15", "10000-01-", "0000-01-01", "2023-02-30", "2023-2-7", "", "today"] {
            assert!(Day::from_text(text).is_err(), "{text}");
        }
    }

    #[test]
    fn moments_have_six_digits_or_none() {
        let second = 1_000_000;
        for (microseconds, printed) in [
            (0, "2000-01-01 00:00:00"),
            (100_000, "2000-01-01 00:00:00.100000"),
            (-1, "1999-12-31 23:59:59.999999"),
            (36_672 * second + 1, "2000-01-01 10:11:12.000001"),
        ] {
            assert_eq!(Moment::from_2000(microseconds).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn moments_are_numbers_there_and_back() {
        for text in ["0001-01-01", "1969-12-31 23:59:59", "2023-02-07 10:11:12", "9999-12-31 23:59:59"] {
            let moment = Moment::from_text(text).unwrap();
            assert_eq!(Moment::from_unix(moment.unix_seconds()), moment);
            assert_eq!(Moment::from_2000(moment.since_2000()), Ok(moment));
        }
        assert_eq!(Moment::from_unix(i64::MIN), Moment::first());
        assert_eq!(Moment::from_unix(i64::MAX), Moment::last());
        assert_eq!(Moment::from_2000(1).unwrap().since_2000(), 1);
    }

    #[test]
    fn moments_are_read_from_text() {
        for (text, printed) in [
            ("2023-02-07", "2023-02-07 00:00:00"),
            ("2023-02-07 10:11", "2023-02-07 10:11:00"),
            ("2023-02-07T10:11:12.1", "2023-02-07 10:11:12.100000"),
            ("2023-02-07 10:11:12.1234567", "2023-02-07 10:11:12.123456"),
            ("infinity", "9999-12-31 23:59:59.999999"),
            ("-infinity", "0001-01-01 00:00:00"),
        ] {
            assert_eq!(Moment::from_text(text).unwrap().to_string(), printed);
        }
        for text in
            ["2023-02-07 ", "2023-02-07 10", "2023-02-07 25:00", "2023-02-07 10:11:12.x", "-0043-03-15 00:00"]
        {
            assert!(Moment::from_text(text).is_err(), "{text}");
        }
    }
}
