//! `GET /api/reports/daily_usage`: how many tokens were used, by the day on which they were made.

use rocket::{State, get};

use super::shared::SharedJson;
use crate::access::Aggregates;
use crate::error::Error;
use crate::store::{Report, SharedStore};

/// Answers `{"2023-02-07":20}` and a newline, days in order.
#[get("/api/reports/daily_usage")]
pub(super) async fn daily_usage(
    _access: Aggregates<'_>,
    store: &State<SharedStore>,
) -> Result<SharedJson, Error> {
    Ok(SharedJson(store.answer(Report::DailyUsage).await?))
}
