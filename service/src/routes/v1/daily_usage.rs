//! `GET /api/v1/reports/daily-usage`: visits and tokens by hour, day, week or month.

use jiff::Timestamp;
use rocket::{State, get};
use schemars::SchemaGenerator;
use serde_json::Value;

use super::answer::Answer;
use super::asked::Asked;
use super::csv::{Cell, Table};
use super::envelope::{Fill, RangeMeta, UsageMeta, UsageReport};
use super::format::Format;
use super::parameters::{COMPARE, FILL, FORMAT, FROM, GRANULARITY, TO, TZ};
use super::{Parameter, range};
use crate::access::Aggregates;
use crate::error::Error;
use crate::reports::{Compare, Days, Granularity, Timeline, Usage, usage};
use crate::routes::counted::{compared, counted};
use crate::routes::openapi::{Operation, example};
use crate::store::SharedStore;

const PARAMETERS: [&Parameter; 7] = [&FROM, &TO, &GRANULARITY, &TZ, &FILL, &COMPARE, &FORMAT];

/// What is asked.
struct Question {
    days: Days,
    granularity: Granularity,
    fill: Fill,
    compare: Option<Compare>,
    format: Format,
    now: Timestamp,
}

/// Answers a row a bucket.
#[get("/api/v1/reports/daily-usage")]
pub(in crate::routes) async fn daily_usage_v1(
    _access: Aggregates<'_>,
    asked: Asked<'_>,
    store: &State<SharedStore>,
) -> Result<Answer, Error> {
    let question = Question::read(&asked, Timestamp::now())?;
    let timeline = Timeline::new(question.days.clone(), question.granularity);
    let (range, before) = match question.compare {
        Some(compare) => {
            let (range, before) = compared(store.as_ref(), timeline, compare).await?;
            (range, Some(before))
        }
        None => (counted(store.as_ref(), timeline).await?, None),
    };
    let before = before.as_ref().map(|before| before.parts());
    let rows = usage(&range.timeline, &range.counts, before, question.now);
    question.answer(rows)
}

impl Question {
    fn read(asked: &Asked<'_>, now: Timestamp) -> Result<Question, Error> {
        let mut reader = asked.reader(&PARAMETERS);
        let granularity = reader.word(&GRANULARITY).unwrap_or(Granularity::Day);
        let (fill, compare) = (reader.word(&FILL).unwrap_or(Fill::Zero), reader.word(&COMPARE));
        let format = reader.word(&FORMAT);
        let days = range::days(&mut reader, now, granularity);
        reader.finish()?;
        let format = asked.format(format)?;
        Ok(Question { days, granularity, fill, compare, format, now })
    }

    fn answer(self, mut rows: Vec<Usage>) -> Result<Answer, Error> {
        if self.fill == Fill::None {
            rows.retain(|row| !row.is_empty());
        }
        match self.format {
            Format::Json => Answer::json(&UsageReport {
                data: rows,
                meta: UsageMeta {
                    range: RangeMeta::new(&self.days, self.now),
                    granularity: self.granularity,
                    fill: self.fill,
                    compare: self.compare,
                },
                next: None,
            }),
            Format::Csv => {
                let name = format!("daily_usage_{}_{}", self.days.from, self.days.to);
                Ok(Answer::csv(table(&rows, self.compare.is_some()), &name))
            }
        }
    }
}

impl RangeMeta {
    /// What is told of `days`.
    pub(super) fn new(days: &Days, now: Timestamp) -> RangeMeta {
        RangeMeta {
            from: days.from.to_string(),
            to: days.to.to_string(),
            tz: days.zone.name().to_owned(),
            as_of: range::as_of(days, now),
        }
    }
}

fn table(rows: &[Usage], compared: bool) -> Table {
    const HEAD: [&str; 9] = [
        "start",
        "end",
        "visits",
        "tokens",
        "complete",
        "previous_start",
        "previous_end",
        "previous_visits",
        "previous_tokens",
    ];
    let mut table = Table::new(if compared { &HEAD } else { &HEAD[..5] });
    for row in rows {
        let mut cells = vec![
            Cell::Plain(row.start.clone()),
            Cell::Plain(row.end.clone()),
            Cell::Plain(row.visits.to_string()),
            Cell::Plain(row.tokens.to_string()),
            Cell::Plain(row.complete.to_string()),
        ];
        if let Some(previous) = &row.previous {
            cells.extend([
                Cell::Plain(previous.start.clone()),
                Cell::Plain(previous.end.clone()),
                Cell::Plain(previous.visits.to_string()),
                Cell::Plain(previous.tokens.to_string()),
            ]);
        }
        table.line(cells);
    }
    table
}

/// What the OpenAPI document says of it.
pub(in crate::routes) fn describe(schemas: &mut SchemaGenerator) -> Value {
    Operation::new("dailyUsage", "Visits and tokens by hour, day, week or month")
        .about("A token counts in the bucket in which it was made, and as a visit if it was ever used. What happened before the request is counted, all of it.")
        .parameters(&PARAMETERS)
        .report::<UsageReport>(schemas, example(include_str!("examples/daily_usage.json")))
        .csv("start,end,visits,tokens,complete\r\n2026-11-01,2026-11-02,18,20,true\r\n")
        .into_value()
}
