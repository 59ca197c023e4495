//! What the dashboard is asked for. A browser sends empty fields, and strangers add their own: both are passed over.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde_json::json;

use crate::dashboard::{Preset, Shown};
use crate::error::{Error, Fault};
use crate::reports::{Compare, Days, Zone};
use crate::routes::v1::{COMPARE_ALWAYS, FROM, MOST_DAYS, Parameter, Reader, TZ, day, zone};

const RANGE: Parameter = Parameter {
    name: "range",
    about: "A range that ends today.",
    schema: || json!({ "type": "string", "enum": ["7d", "30d", "90d", "12m"] }),
    examples: &[],
};

const LAST: Parameter = Parameter {
    name: "last",
    about: "The last day.",
    schema: || json!({ "type": "string", "format": "date" }),
    examples: &[],
};

const PARAMETERS: [&Parameter; 5] = [&RANGE, &FROM, &LAST, &TZ, &COMPARE_ALWAYS];

/// What to show, and what is wrong with what was asked: then it is the last 30 days.
pub(super) fn shown(query: &str, now: Timestamp) -> (Shown, Vec<Fault>) {
    let mut reader = Reader::new(&known(query), &PARAMETERS);
    let shown = read(&mut reader, now);
    match reader.finish() {
        Ok(()) => (shown, Vec::new()),
        Err(Error::Malformed(faults) | Error::Contradiction(faults)) => (usual(now), faults),
        Err(_) => (usual(now), Vec::new()),
    }
}

/// What is known of a query, and not empty.
fn known(query: &str) -> String {
    let fits = |pair: &&str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        !value.is_empty() && PARAMETERS.iter().any(|parameter| parameter.name == name)
    };
    query.split('&').filter(fits).collect::<Vec<_>>().join("&")
}

fn read(reader: &mut Reader, now: Timestamp) -> Shown {
    let zone = zone(reader);
    let (from, last) = (day(reader, &FROM), day(reader, &LAST));
    let preset = reader.word(&RANGE).unwrap_or(Preset::Month);
    let compare = reader.word(&COMPARE_ALWAYS).unwrap_or(Compare::PreviousPeriod);
    let to = last.unwrap_or_else(|| zone.day_of(now)).saturating_add(1.day());
    let from: Option<Date> = from;
    let is_preset = from.is_none() && last.is_none();
    let days = Days { from: from.unwrap_or_else(|| preset.first(to)), to, zone };
    if days.from >= days.to {
        reader.contradict(&FROM, "it is after the last day".to_owned());
    }
    if days.count() > MOST_DAYS {
        reader
            .contradict(&FROM, format!("the range has {} days: {MOST_DAYS} are shown at most", days.count()));
    }
    Shown { days, preset: is_preset.then_some(preset), compare }
}

fn usual(now: Timestamp) -> Shown {
    let zone = Zone::utc();
    let to = zone.day_of(now).saturating_add(1.day());
    let preset = Preset::Month;
    let days = Days { from: preset.first(to), to, zone };
    Shown { days, preset: Some(preset), compare: Compare::PreviousPeriod }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (String, Option<Preset>, usize) {
        let (shown, faults) = shown(query, "2026-11-21T09:00:00Z".parse().unwrap());
        (
            format!("{} {} {}", shown.days.from, shown.days.to, shown.days.zone.name()),
            shown.preset,
            faults.len(),
        )
    }

    #[test]
    fn a_link_says_what_is_shown() {
        let days = |days: &str| days.to_owned();
        for (query, expected) in [
            ("", (days("2026-10-23 2026-11-22 UTC"), Some(Preset::Month), 0)),
            ("range=7d&utm_source=mail&tz=", (days("2026-11-15 2026-11-22 UTC"), Some(Preset::Week), 0)),
            ("range=12m&tz=Asia/Tokyo", (days("2025-11-22 2026-11-22 Asia/Tokyo"), Some(Preset::Year), 0)),
            ("from=2026-11-01&last=2026-11-01&range=7d", (days("2026-11-01 2026-11-02 UTC"), None, 0)),
            ("from=2026-11-02&last=2026-11-01", (days("2026-10-23 2026-11-22 UTC"), Some(Preset::Month), 1)),
            ("from=soon&range=1d&tz=Nowhere", (days("2026-10-23 2026-11-22 UTC"), Some(Preset::Month), 3)),
            ("from=1900-01-01", (days("2026-10-23 2026-11-22 UTC"), Some(Preset::Month), 1)),
        ] {
            assert_eq!(read(query), expected, "{query}");
        }
    }
}
