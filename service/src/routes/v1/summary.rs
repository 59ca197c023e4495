//! `GET /api/v1/reports/summary`: a range in a few figures.

use jiff::Timestamp;
use rocket::{State, get};
use schemars::SchemaGenerator;
use serde_json::Value;

use super::answer::Answer;
use super::asked::Asked;
use super::csv::{Cell, Table};
use super::envelope::{RangeMeta, SummaryMeta, SummaryReport};
use super::format::Format;
use super::parameters::{COMPARE_ALWAYS, FORMAT, FROM, TO, TZ};
use super::{Parameter, range};
use crate::access::Aggregates;
use crate::error::Error;
use crate::reports::{Compare, Days, Granularity, Summary, Timeline, summary};
use crate::routes::counted::compared;
use crate::routes::openapi::{Operation, example};
use crate::store::SharedStore;

const PARAMETERS: [&Parameter; 5] = [&FROM, &TO, &TZ, &COMPARE_ALWAYS, &FORMAT];

/// What is asked.
struct Question {
    days: Days,
    compare: Compare,
    format: Format,
    now: Timestamp,
}

/// Answers the figures of the range, and how they changed.
#[get("/api/v1/reports/summary")]
pub(in crate::routes) async fn summary_v1(
    _access: Aggregates<'_>,
    asked: Asked<'_>,
    store: &State<SharedStore>,
) -> Result<Answer, Error> {
    let question = Question::read(&asked, Timestamp::now())?;
    let timeline = Timeline::new(question.days.clone(), Granularity::Day);
    let (range, before) = compared(store.as_ref(), timeline, question.compare).await?;
    let summary = summary(range.parts(), before.parts(), question.now);
    question.answer(summary)
}

impl Question {
    fn read(asked: &Asked<'_>, now: Timestamp) -> Result<Question, Error> {
        let mut reader = asked.reader(&PARAMETERS);
        let compare = reader.word(&COMPARE_ALWAYS).unwrap_or(Compare::PreviousPeriod);
        let format = reader.word(&FORMAT);
        let days = range::days(&mut reader, now, Granularity::Day);
        reader.finish()?;
        Ok(Question { days, compare, format: asked.format(format)?, now })
    }

    fn answer(self, summary: Summary) -> Result<Answer, Error> {
        let range = RangeMeta::new(&self.days, self.now);
        match self.format {
            Format::Json => Answer::json(&SummaryReport {
                data: summary,
                meta: SummaryMeta { range, compare: self.compare },
                next: None,
            }),
            Format::Csv => {
                let name = format!("summary_{}_{}", self.days.from, self.days.to);
                Ok(Answer::csv(table(&range, &summary), &name))
            }
        }
    }
}

fn table(range: &RangeMeta, summary: &Summary) -> Table {
    let mut table = Table::new(&[
        "from",
        "to",
        "visits",
        "tokens",
        "days",
        "active_days",
        "average_per_day",
        "peak_day",
        "peak_visits",
        "previous_visits",
        "previous_tokens",
        "change_of_visits",
        "change_of_tokens",
    ]);
    let (figures, peak) = (&summary.figures, summary.figures.peak.as_ref());
    table.line([
        Cell::Plain(range.from.clone()),
        Cell::Plain(range.to.clone()),
        Cell::Plain(figures.visits.to_string()),
        Cell::Plain(figures.tokens.to_string()),
        Cell::Plain(figures.days.to_string()),
        Cell::Plain(figures.active_days.to_string()),
        Cell::maybe(figures.average_per_day),
        Cell::maybe(peak.map(|peak| &peak.day)),
        Cell::maybe(peak.map(|peak| peak.visits)),
        Cell::Plain(summary.previous.visits.to_string()),
        Cell::Plain(summary.previous.tokens.to_string()),
        Cell::maybe(summary.change.visits),
        Cell::maybe(summary.change.tokens),
    ]);
    table
}

/// What the OpenAPI document says of it.
pub(in crate::routes) fn describe(schemas: &mut SchemaGenerator) -> Value {
    Operation::new("summary", "A range in a few figures, and how they changed")
        .about("The change leaves out days that are not over, and the days with which they are compared.")
        .parameters(&PARAMETERS)
        .report::<SummaryReport>(schemas, example(include_str!("examples/summary.json")))
        .csv("from,to,visits,tokens,days,active_days,average_per_day,peak_day,peak_visits,previous_visits,previous_tokens,change_of_visits,change_of_tokens\r\n2026-11-01,2026-12-01,540,600,30,28,18,2026-11-12,31,450,500,0.2,0.2\r\n")
        .into_value()
}
