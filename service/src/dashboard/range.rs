//! The range that is shown, and the links to others.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::numbers::{grouped, long_day};
use crate::reports::{Compare, Days, Granularity};

/// A range that ends today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Preset {
    /// A week.
    #[serde(rename = "7d")]
    Week,
    /// 30 days.
    #[serde(rename = "30d")]
    Month,
    /// 90 days.
    #[serde(rename = "90d")]
    Quarter,
    /// A year.
    #[serde(rename = "12m")]
    Year,
}

impl Preset {
    /// All of them, the shortest first.
    pub const ALL: [Preset; 4] = [Preset::Week, Preset::Month, Preset::Quarter, Preset::Year];

    /// What it is called in a link, and by people.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Preset::Week => ("7d", "7 days"),
            Preset::Month => ("30d", "30 days"),
            Preset::Quarter => ("90d", "90 days"),
            Preset::Year => ("12m", "12 months"),
        }
    }

    /// The first day, if `tomorrow` is the day after the last.
    pub fn first(self, tomorrow: Date) -> Date {
        match self {
            Preset::Week => tomorrow.saturating_sub(7.days()),
            Preset::Month => tomorrow.saturating_sub(30.days()),
            Preset::Quarter => tomorrow.saturating_sub(90.days()),
            Preset::Year => tomorrow.saturating_sub(12.months()),
        }
    }
}

/// What is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The days.
    pub days: Days,
    /// The preset that they are, if they are one.
    pub preset: Option<Preset>,
    /// With what they are compared.
    pub compare: Compare,
}

/// The range, as the page has it.
#[derive(Debug, Serialize)]
pub(super) struct RangeView {
    heading: String,
    presets: Vec<Link>,
    from: String,
    last: String,
    tz: String,
    previous_year: bool,
    bucket: &'static str,
    pub(super) before: String,
    csv: String,
}

#[derive(Debug, Serialize)]
struct Link {
    name: &'static str,
    href: String,
    current: bool,
}

impl Shown {
    /// How long a bar is, so that there are not too many of them.
    pub fn granularity(&self) -> Granularity {
        match self.days.count() {
            ..=100 => Granularity::Day,
            101..=800 => Granularity::Week,
            _ => Granularity::Month,
        }
    }

    /// The last day.
    fn last(&self) -> Date {
        self.days.to.yesterday().unwrap_or(self.days.to)
    }

    pub(super) fn view(&self) -> RangeView {
        let (last, tz) = (self.last(), self.days.zone.name());
        let compare = match self.compare {
            Compare::PreviousPeriod => "previous_period",
            Compare::PreviousYear => "previous_year",
        };
        let granularity = match self.granularity() {
            Granularity::Hour => "hour",
            Granularity::Day => "day",
            Granularity::Week => "week",
            Granularity::Month => "month",
        };
        let kept = format!("tz={tz}&compare={compare}");
        let presets = Preset::ALL.map(|preset| {
            let (word, name) = preset.words();
            Link { name, href: format!("/?range={word}&{kept}"), current: self.preset == Some(preset) }
        });
        let (from, to, days) = (self.days.from, self.days.to, self.days.count());
        RangeView {
            heading: match from == last {
                true => long_day(from),
                false => format!("{} to {}", long_day(from), long_day(last)),
            },
            presets: presets.into(),
            from: from.to_string(),
            last: last.to_string(),
            tz: tz.to_owned(),
            previous_year: self.compare == Compare::PreviousYear,
            bucket: granularity,
            before: match (self.compare, days) {
                (Compare::PreviousYear, _) => "the year before".to_owned(),
                (Compare::PreviousPeriod, 1) => "the day before".to_owned(),
                (Compare::PreviousPeriod, days) => format!("the {} days before", grouped(days)),
            },
            csv: format!(
                "/api/v1/reports/daily-usage?from={from}&to={to}&granularity={granularity}&{kept}&format=csv"
            ),
        }
    }
}
