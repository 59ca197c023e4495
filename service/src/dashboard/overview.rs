//! The page of a range: its figures, its chart, its most frequent users, its table.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::chart::{Chart, SIZES, Value};
use super::numbers::{decimal, grouped, percent, week_day};
use super::range::{RangeView, Shown};
use crate::reports::{Bucket, Count, Figures, Granularity, Summary, Timeline, Visitor};

/// The most frequent users of a range, as far as the reader may see them.
#[derive(Clone, Debug)]
pub enum Frequent {
    /// They are.
    Users(Arc<[Visitor]>),
    /// The reader may not see them.
    NotAllowed,
    /// The database did not tell.
    Unknown,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct Overview {
    range: RangeView,
    /// What is wrong with what was asked, in sentences.
    faults: Vec<String>,
    empty: bool,
    figures: Vec<FigureView>,
    charts: Vec<Chart>,
    incomplete: bool,
    has_before: bool,
    rows: Vec<Row>,
    users: Option<Vec<UserView>>,
    users_unknown: bool,
    /// Who is signed in; absent if the service asks nobody.
    subject: Option<String>,
}

#[derive(Debug, Serialize)]
struct FigureView {
    name: &'static str,
    value: String,
    note: String,
    /// `up`, `down`, `same`, or nothing.
    trend: &'static str,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    visits: String,
    tokens: String,
    before: String,
    complete: bool,
}

#[derive(Debug, Serialize)]
struct UserView {
    name: String,
    visits: String,
    tokens: String,
    /// How long the bar behind the visits is, of 100.
    share: f64,
}

impl Overview {
    /// The page of what is `shown`: `timeline` and `before` are cut alike.
    pub fn new(
        shown: &Shown,
        (timeline, counts): (&Timeline, &[Count]),
        counts_before: &[Count],
        summary: &Summary,
        now: Timestamp,
    ) -> Overview {
        let values: Vec<Value> = timeline
            .buckets
            .iter()
            .zip(counts.iter().zip(counts_before))
            .map(|(bucket, (count, before))| value(timeline, bucket, *count, *before, now))
            .collect();
        let rows = values.iter().zip(counts).filter(|(value, _)| value.begun).map(|(value, count)| Row {
            name: value.name.clone(),
            visits: grouped(value.visits),
            tokens: grouped(count.tokens),
            before: grouped(value.before),
            complete: value.complete,
        });
        let range = shown.view();
        let tokens = summary.figures.tokens.saturating_add(summary.previous.tokens);
        Overview {
            figures: figures(summary, timeline, &range.before),
            charts: SIZES.iter().map(|size| Chart::new(&values, size)).collect(),
            incomplete: values.iter().any(|value| value.begun && !value.complete),
            has_before: values.iter().any(|value| value.before > 0),
            rows: rows.collect(),
            range,
            faults: Vec::new(),
            empty: tokens == 0,
            users: None,
            users_unknown: false,
            subject: None,
        }
    }

    /// Adds the most frequent users.
    pub fn frequent(mut self, frequent: Frequent) -> Overview {
        match frequent {
            Frequent::Users(users) => {
                let most = users.iter().map(|user| user.visits).max().unwrap_or(0).max(1);
                self.users = Some(users.iter().map(|user| UserView::new(user, most)).collect());
            }
            Frequent::NotAllowed => {}
            Frequent::Unknown => self.users_unknown = true,
        }
        self
    }

    /// Says what is wrong with what was asked.
    pub fn faults(mut self, faults: Vec<String>) -> Overview {
        self.faults = faults;
        self
    }

    /// Says who is signed in.
    pub fn subject(mut self, subject: Option<String>) -> Overview {
        self.subject = subject;
        self
    }
}

fn value(timeline: &Timeline, bucket: &Bucket, count: Count, before: Count, now: Timestamp) -> Value {
    let (from, to) = (bucket.clock.start.date(), bucket.clock.end.date());
    let last = to.yesterday().unwrap_or(to);
    let (name, short_name) = match timeline.granularity {
        Granularity::Hour | Granularity::Day => (week_day(from), short_day(from)),
        Granularity::Week => (format!("{} to {}", week_day(from), week_day(last)), short_day(from)),
        Granularity::Month if bucket.whole => {
            (from.strftime("%B %Y").to_string(), from.strftime("%b %Y").to_string())
        }
        Granularity::Month => {
            (format!("{} to {}", week_day(from), week_day(last)), from.strftime("%b %Y").to_string())
        }
    };
    Value {
        name,
        short_name,
        visits: count.visits,
        before: before.visits,
        // A week that the range cuts is over all the same: what is dashed goes on.
        complete: bucket.seconds.end <= now.as_second(),
        begun: bucket.seconds.start <= now.as_second(),
    }
}

fn short_day(day: Date) -> String {
    day.strftime("%-d %b").to_string()
}

fn figures(summary: &Summary, timeline: &Timeline, before: &str) -> Vec<FigureView> {
    let (now, then) = (&summary.figures, &summary.previous);
    let (trend, note) = trend(summary.change.visits, then, before);
    let plain = |name, value, note| FigureView { name, value, note, trend: "" };
    let used = match now.tokens {
        0 => "none made".to_owned(),
        tokens => format!("{} of them used", percent(now.visits as f64 / tokens as f64)),
    };
    let average = now.average_per_day.map_or("–".to_owned(), decimal);
    let average_before = then.average_per_day.map_or("–".to_owned(), decimal);
    let days = timeline.days.count();
    let left = days - now.days;
    vec![
        FigureView { name: "Visits", value: grouped(now.visits), note, trend },
        plain("Visits a day", average, format!("{average_before} in {before}")),
        plain("Tokens", grouped(now.tokens), used),
        plain(
            "Days with visits",
            grouped(now.active_days),
            match left {
                0 => format!("of {}", grouped(now.days)),
                left => format!("of {} so far, {} to come", grouped(now.days), grouped(left)),
            },
        ),
        match &now.peak {
            Some(peak) => {
                let day = peak.day.parse::<Date>().map_or_else(|_| peak.day.clone(), week_day);
                plain("Busiest day", grouped(peak.visits), day)
            }
            None => plain("Busiest day", "–".to_owned(), "no visit yet".to_owned()),
        },
    ]
}

fn trend(change: Option<f64>, then: &Figures, before: &str) -> (&'static str, String) {
    match change {
        None if then.visits == 0 => ("", format!("none in {before}")),
        None => ("", format!("{} in {before}", grouped(then.visits))),
        Some(change) if change.abs() < 0.0005 => ("same", format!("as many as in {before}")),
        Some(change) if change > 0.0 => ("up", format!("{} more than in {before}", percent(change))),
        Some(change) => ("down", format!("{} fewer than in {before}", percent(change))),
    }
}

impl UserView {
    fn new(user: &Visitor, most: i64) -> UserView {
        let names = [user.first_name.as_deref(), user.last_name.as_deref()];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = name.trim();
        UserView {
            name: match (name.is_empty(), user.joined_at) {
                (false, _) => name.to_owned(),
                (true, Some(_)) => format!("User {}", user.user_id),
                (true, None) => format!("User {}, who is gone", user.user_id),
            },
            visits: grouped(user.visits),
            tokens: grouped(user.tokens),
            share: (user.visits as f64 / most as f64 * 1000.0).round() / 10.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(first: Option<&str>, last: Option<&str>) -> Visitor {
        let (first_name, last_name) = (first.map(str::to_owned), last.map(str::to_owned));
        Visitor { user_id: 7, tokens: 10, visits: 5, joined_at: None, first_name, last_name }
    }

    #[test]
    fn whoever_has_no_name_has_a_number() {
        assert_eq!(UserView::new(&user(Some("Ada"), Some("Adeyemi")), 10).name, "Ada Adeyemi");
        assert_eq!(UserView::new(&user(Some(" "), None), 10).name, "User 7, who is gone");
        assert_eq!(UserView::new(&user(None, None), 10).share, 50.0);
    }

    #[test]
    fn a_trend_is_a_word_as_well_as_a_sign() {
        let then =
            Figures { visits: 9, tokens: 9, days: 1, active_days: 1, average_per_day: None, peak: None };
        for (change, expected) in [
            (None, ("", "9 in it")),
            (Some(0.0), ("same", "as many as in it")),
            (Some(0.25), ("up", "25 % more than in it")),
            (Some(-0.1), ("down", "10 % fewer than in it")),
        ] {
            assert_eq!(trend(change, &then, "it"), (expected.0, expected.1.to_owned()));
        }
    }
}
