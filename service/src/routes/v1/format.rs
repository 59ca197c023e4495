//! JSON or CSV: by the query, or by what the client accepts, RFC 9110 §12.5.1.

use serde::Deserialize;

/// A format of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// `application/json`.
    Json,
    /// `text/csv`.
    Csv,
}

impl Format {
    /// In the order of preference.
    const ALL: [Format; 2] = [Format::Json, Format::Csv];

    /// The format that the fields `Accept` like best; JSON if there is none.
    pub(super) fn negotiated<'a>(fields: impl Iterator<Item = &'a str>) -> Option<Format> {
        let ranges: Vec<&str> = fields
            .flat_map(|field| field.split(','))
            .map(str::trim)
            .filter(|range| !range.is_empty())
            .collect();
        if ranges.is_empty() {
            return Some(Format::Json);
        }
        let weighed = Format::ALL.map(|format| (format, format.weight(&ranges)));
        // Of equals the first: `max_by_key` takes the last.
        let best = weighed.into_iter().rev().max_by_key(|(_, weight)| *weight)?;
        (best.1 > 0).then_some(best.0)
    }

    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Format::Json => ("application", "json"),
            Format::Csv => ("text", "csv"),
        }
    }

    /// How much it is wanted, in thousandths: what the range says that is closest to it.
    fn weight(self, ranges: &[&str]) -> u16 {
        let (kind, subkind) = self.kind();
        let fit = |range: &str| {
            let mut parts = range.split(';').map(str::trim);
            let (top, sub) = parts.next()?.split_once('/')?;
            let closeness = match (top, sub) {
                ("*", "*") => 0,
                (top, "*") if top.eq_ignore_ascii_case(kind) => 1,
                (top, sub) if top.eq_ignore_ascii_case(kind) && sub.eq_ignore_ascii_case(subkind) => 2,
                _ => return None,
            };
            let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            let weight = weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
            Some((closeness, (weight.clamp(0.0, 1.0) * 1000.0) as u16))
        };
        ranges
            .iter()
            .filter_map(|range| fit(range))
            .max_by_key(|(closeness, _)| *closeness)
            .map_or(0, |fit| fit.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_what_is_accepted_is_given() {
        for (accept, expected) in [
            ("", Some(Format::Json)),
            ("*/*", Some(Format::Json)),
            ("text/csv", Some(Format::Csv)),
            ("text/*, application/json;q=0.5", Some(Format::Csv)),
            ("text/csv;q=0.5, application/json", Some(Format::Json)),
            ("text/html, */*;q=0.1", Some(Format::Json)),
            ("application/json;q=0, */*", Some(Format::Csv)),
            ("TEXT/CSV; header=present; q=0.9", Some(Format::Csv)),
            ("text/html", None),
            ("text/csv;q=0", None),
            ("nonsense", None),
        ] {
            assert_eq!(Format::negotiated([accept].into_iter()), expected, "{accept}");
        }
        assert_eq!(Format::negotiated(["text/html", "text/csv"].into_iter()), Some(Format::Csv));
    }
}
