//! `GET /api/v1/reports/user-visits`: users with their visits and tokens, in pages.

use jiff::Timestamp;
use rocket::{State, get};
use schemars::SchemaGenerator;
use serde_json::Value;

use super::answer::Answer;
use super::asked::Asked;
use super::csv::{Cell, Table};
use super::envelope::{Sort, UserMeta, UserReport, UserRow};
use super::format::Format;
use super::parameters::{CURSOR, FORMAT, FROM_EVER, LIMIT, SORT, TO_EVER, TZ};
use super::reader::Reader;
use super::{Parameter, cursor, range};
use crate::access::PersonalData;
use crate::error::Error;
use crate::reports::{Days, Moment, Order, Page, Visitor};
use crate::routes::openapi::{Operation, example};
use crate::store::SharedStore;

const PARAMETERS: [&Parameter; 7] = [&FROM_EVER, &TO_EVER, &TZ, &SORT, &LIMIT, &CURSOR, &FORMAT];

const USUAL: u32 = 100;
const MOST: u32 = 10_000;

/// What is asked.
struct Question {
    page: Page,
    days: Option<Days>,
    meta: UserMeta,
    /// What a cursor is good for.
    named: String,
    format: Format,
}

/// Answers a page of users.
#[get("/api/v1/reports/user-visits")]
pub(in crate::routes) async fn user_visits_v1(
    _access: PersonalData<'_>,
    asked: Asked<'_>,
    store: &State<SharedStore>,
) -> Result<Answer, Error> {
    let question = Question::read(&asked, Timestamp::now())?;
    // One more than the page has, to know whether there is another.
    let page = Page { limit: question.page.limit + 1, ..question.page.clone() };
    let visitors = store.visitors(page).await?;
    question.answer(&asked, &visitors)
}

impl Question {
    fn read(asked: &Asked<'_>, now: Timestamp) -> Result<Question, Error> {
        let mut reader = asked.reader(&PARAMETERS);
        let span = range::span(&mut reader, now);
        let sort = reader.word(&SORT).unwrap_or(Sort::Id);
        let limit = reader.take(&LIMIT, read_limit).unwrap_or(USUAL);
        let (days, span) = span.unzip();
        let tz = days.as_ref().map_or("UTC", |days| days.zone.name()).to_owned();
        let (from, to) = (days.as_ref().map(|days| days.from), days.as_ref().map(|days| days.to));
        let named = format!("{from:?} {to:?} {tz} {sort:?}");
        let order = read_cursor(&mut reader, &named, sort);
        let format = reader.word(&FORMAT);
        reader.finish()?;
        let meta = UserMeta {
            from: from.map(|day| day.to_string()),
            to: to.map(|day| day.to_string()),
            tz,
            sort,
            limit,
        };
        let format = asked.format(format)?;
        Ok(Question { page: Page { span, order, limit }, days, meta, named, format })
    }

    fn answer(self, asked: &Asked<'_>, visitors: &[Visitor]) -> Result<Answer, Error> {
        let (visitors, more) = match visitors.split_at_checked(self.page.limit as usize) {
            Some((visitors, more)) => (visitors, !more.is_empty()),
            None => (visitors, false),
        };
        let last = visitors.last().filter(|_| more);
        let next = last.map(|last| asked.at(&cursor::write(&self.named, last.visits, last.user_id)));
        match self.format {
            Format::Json => Answer::json(&UserReport {
                data: visitors.iter().map(UserRow::from).collect(),
                meta: self.meta,
                next: next.clone(),
            })
            .map(|answer| answer.next(next)),
            Format::Csv => {
                let name = self.days.map_or_else(
                    || "user_visits".to_owned(),
                    |days| format!("user_visits_{}_{}", days.from, days.to),
                );
                Ok(Answer::csv(table(visitors), &name).next(next))
            }
        }
    }
}

fn read_limit(text: &str) -> Result<u32, String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let limit = digits.then(|| text.parse().ok()).flatten().filter(|limit| (1..=MOST).contains(limit));
    limit.ok_or_else(|| format!("`{text}` is no whole number from 1 to {MOST}"))
}

fn read_cursor(reader: &mut Reader, named: &str, sort: Sort) -> Order {
    let first = match sort {
        Sort::Id => Order::Id { after: None },
        Sort::Frequent => Order::Frequent { after: None },
    };
    let shape = |text: &str| {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
        let fits = (16..=128).contains(&text.len()) && text.bytes().all(letters);
        if fits { Ok(text.to_owned()) } else { Err(cursor::CursorError::Malformed.to_string()) }
    };
    let Some(text) = reader.take(&CURSOR, shape) else { return first };
    cursor::read(&text, named, first).unwrap_or_else(|error| {
        reader.contradict(&CURSOR, error.to_string());
        first
    })
}

impl From<&Visitor> for UserRow {
    fn from(visitor: &Visitor) -> UserRow {
        UserRow {
            user_id: visitor.user_id,
            first_name: visitor.first_name.clone(),
            last_name: visitor.last_name.clone(),
            joined_at: visitor.joined_at.map(in_utc),
            visits: visitor.visits,
            tokens: visitor.tokens,
        }
    }
}

/// As RFC 3339 has it.
fn in_utc(moment: Moment) -> String {
    moment.to_string().replace(' ', "T") + "Z"
}

fn table(visitors: &[Visitor]) -> Table {
    let mut table = Table::new(&["user_id", "first_name", "last_name", "joined_at", "visits", "tokens"]);
    for visitor in visitors {
        table.line([
            Cell::Plain(visitor.user_id.to_string()),
            visitor.first_name.as_deref().map_or(Cell::Empty, Cell::Text),
            visitor.last_name.as_deref().map_or(Cell::Empty, Cell::Text),
            Cell::maybe(visitor.joined_at.map(in_utc)),
            Cell::Plain(visitor.visits.to_string()),
            Cell::Plain(visitor.tokens.to_string()),
        ]);
    }
    table
}

/// What the OpenAPI document says of it.
pub(in crate::routes) fn describe(schemas: &mut SchemaGenerator) -> Value {
    Operation::new("userVisits", "Users with their visits and tokens, in pages")
        .about("Users without a token are not there; a user who is gone is, by number alone. `next` in the answer, and the field `Link`, hold the path of the next page.")
        .personal()
        .parameters(&PARAMETERS)
        .report::<UserReport>(schemas, example(include_str!("examples/user_visits.json")))
        .csv("user_id,first_name,last_name,joined_at,visits,tokens\r\n1,Ada,Adeyemi,2026-01-02T09:30:00Z,18,20\r\n")
        .paged()
        .into_value()
}
