//! Time zones, from the table of IANA that is built in: an image that holds nothing else has no other.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::nearest;

/// A time zone of IANA's table.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// The zone of this name, such as `Europe/Lisbon`; big and small letters are alike.
    pub fn named(name: &str) -> Option<Zone> {
        if name.eq_ignore_ascii_case("UTC") {
            return Some(Zone::utc());
        }
        TimeZoneDatabase::bundled().get(name).ok().map(Zone)
    }

    /// The name that is most like `name`, for somebody who mistyped it.
    pub fn like(name: &str) -> Option<String> {
        let database = TimeZoneDatabase::bundled();
        let names: Vec<String> = database.available().map(|name| name.to_string()).collect();
        nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Its name, as IANA writes it.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The day that it is there.
    pub fn day_of(&self, now: Timestamp) -> Date {
        self.0.to_datetime(now).date()
    }

    /// What the clocks show, and by how much they are ahead of UTC.
    pub(super) fn clock(&self, seconds: i64) -> (DateTime, String) {
        let moment = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
        let text = moment.display_with_offset(self.0.to_offset(moment)).to_string();
        (self.0.to_datetime(moment), text)
    }

    /// When the clocks show it first, in seconds after 1970; what they skip is when they skip it.
    pub(super) fn instant(&self, clock: DateTime) -> i64 {
        let moment = self.0.to_ambiguous_timestamp(clock).compatible();
        let last = if clock.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        moment.unwrap_or(last).as_second()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn are_found_by_name() {
        assert_eq!(Zone::named("europe/lisbon").unwrap().name(), "Europe/Lisbon");
        assert_eq!(Zone::named("utc").unwrap().name(), "UTC");
        assert!(Zone::named("Europe/Lisboa").is_none());
        assert!(Zone::named("../etc/passwd").is_none());
        assert_eq!(Zone::like("Europe/Lisboa").as_deref(), Some("Europe/Lisbon"));
        assert_eq!(Zone::like("nowhere at all"), None);
    }

    #[test]
    fn a_midnight_that_was_skipped_is_the_next_moment() {
        let beirut = Zone::named("Asia/Beirut").unwrap();
        let midnight = beirut.instant(date(2024, 3, 31).at(0, 0, 0, 0));
        assert_eq!(beirut.clock(midnight).1, "2024-03-31T01:00:00+03:00");
    }
}
