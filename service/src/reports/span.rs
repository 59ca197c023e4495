//! The part of the past that a report is about, and how finely it is counted.

use super::Moment;

/// From one moment to another, without the second. Moments are taken as UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first moment of it.
    pub from: Moment,
    /// The first moment after it.
    pub to: Moment,
}

impl Span {
    /// Whether `moment` is within.
    pub fn contains(&self, moment: Moment) -> bool {
        self.from <= moment && moment < self.to
    }
}

/// How finely tokens are counted: as coarsely as the zone allows in which the report is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// By the second: for zones of old, such as Liberia's, 44 minutes and 30 seconds behind.
    Second,
    /// By the quarter of an hour: for zones such as India's.
    Quarter,
    /// By the hour.
    Hour,
    /// By the day, as UTC has it.
    Day,
}

impl Grain {
    /// All of them, the coarsest first.
    pub const ALL: [Grain; 4] = [Grain::Day, Grain::Hour, Grain::Quarter, Grain::Second];

    /// How long one lasts.
    pub fn seconds(self) -> i64 {
        match self {
            Grain::Second => 1,
            Grain::Quarter => 900,
            Grain::Hour => 3600,
            Grain::Day => 86_400,
        }
    }

    /// The last moment, not after `moment`, at which one begins.
    pub fn begin(self, moment: Moment) -> Moment {
        let seconds = moment.unix_seconds();
        Moment::from_unix(seconds - seconds.rem_euclid(self.seconds()))
    }
}

/// The tokens of one grain of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When it begins.
    pub start: Moment,
    /// The tokens that were made in it.
    pub tokens: i64,
    /// How many of these were used, then or later.
    pub visits: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grain_begins_before_its_moments() {
        let moment = Moment::from_text("1969-12-31 23:47:12.5").unwrap();
        let begins = Grain::ALL.map(|grain| grain.begin(moment).to_string());
        assert_eq!(
            begins,
            ["1969-12-31 00:00:00", "1969-12-31 23:00:00", "1969-12-31 23:45:00", "1969-12-31 23:47:12"]
        );
    }
}
