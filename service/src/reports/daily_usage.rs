//! How many tokens were used, by the day on which they were made.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Day;

/// Used tokens per day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct DailyUsage(BTreeMap<String, i64>);

impl FromIterator<(Option<Day>, i64)> for DailyUsage {
    /// Collects counts per day; tokens without a day count under `None`.
    ///
    /// Two counts may print the same day, such as `infinity` and the last day of the year 9999: they
    /// are added.
    fn from_iter<I: IntoIterator<Item = (Option<Day>, i64)>>(counts: I) -> DailyUsage {
        let mut days = BTreeMap::new();
        for (day, count) in counts {
            *days.entry(day.map_or_else(|| "None".to_owned(), |day| day.to_string())).or_default() += count;
        }
        DailyUsage(days)
    }
}

impl DailyUsage {
    /// The report's bytes: `{"2023-02-07":20}` and a newline, days in order.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self).map(|json| json + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_compact_and_sorted() {
        let day = |text| Some(Day::from_text(text).unwrap());
        let counts = [(None, 1), (day("2023-02-08"), 2), (day("0999-01-01"), 3), (day("2023-02-07"), 20)];
        let expected = "{\"0999-01-01\":3,\"2023-02-07\":20,\"2023-02-08\":2,\"None\":1}\n";
        assert_eq!(DailyUsage::from_iter(counts).to_json().unwrap(), expected);
        assert_eq!(DailyUsage::default().to_json().unwrap(), "{}\n");
    }

    #[test]
    fn equal_days_are_added() {
        let counts = [(Some(Day::LAST), 1), (Some(Day::from_text("9999-12-31").unwrap()), 2)];
        assert_eq!(DailyUsage::from_iter(counts).to_json().unwrap(), "{\"9999-12-31\":3}\n");
    }
}
