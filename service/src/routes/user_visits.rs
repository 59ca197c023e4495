//! `GET /api/reports/user_visits`: how many tokens each user ever asked for, used or not.

use rocket::{State, get};

use super::shared::SharedJson;
use crate::access::PersonalData;
use crate::error::Error;
use crate::store::{Report, SharedStore};

/// Answers `{"1":{"joined_at":"2023-02-07 10:11:12.100000","visits":5}}` and a newline, ids in the
/// order of numbers.
#[get("/api/reports/user_visits")]
pub(super) async fn user_visits(
    _access: PersonalData<'_>,
    store: &State<SharedStore>,
) -> Result<SharedJson, Error> {
    Ok(SharedJson(store.answer(Report::UserVisits).await?))
}
