//! `GET /api/reports/user_visits`: how many tokens each user ever asked for, used or not.

use rocket::response::content::RawJson;
use rocket::{State, get};

use crate::access::PersonalData;
use crate::error::Error;
use crate::store::SharedStore;

/// Answers `{"1":{"joined_at":"2023-02-07 10:11:12.100000","visits":5}}` and a newline, ids in the
/// order of numbers.
#[get("/api/reports/user_visits")]
pub(super) async fn user_visits(
    _access: PersonalData<'_>,
    store: &State<SharedStore>,
) -> Result<RawJson<String>, Error> {
    let report = store.user_visits().await?;
    Ok(RawJson(report.to_json()?))
}
