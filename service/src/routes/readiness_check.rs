//! `GET /readiness_check`: whether a token can be read, so that a report can be answered.

use rocket::http::Status;
use rocket::response::content::RawHtml;
use rocket::{State, get};

use crate::lifecycle::Draining;
use crate::observe::Chain;
use crate::store::SharedStore;

/// Answers `ok`, or `failed` with a 500: also once the service is about to stop.
#[get("/readiness_check")]
pub(super) async fn readiness_check(
    store: &State<SharedStore>,
    draining: &State<Draining>,
) -> (Status, RawHtml<&'static str>) {
    if draining.has_begun() {
        return (Status::InternalServerError, RawHtml("failed"));
    }
    match store.probe().await {
        Ok(()) => (Status::Ok, RawHtml("ok")),
        Err(error) => {
            tracing::warn!(error = %Chain(&error), "not ready");
            (Status::InternalServerError, RawHtml("failed"))
        }
    }
}
