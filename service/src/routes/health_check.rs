//! `GET /health_check`: whether the program runs. It asks nobody, so that a database that is down
//! never gets the service restarted.

use rocket::get;
use rocket::response::content::RawHtml;

/// Answers `ok`, as the HTML that it always was.
#[get("/health_check")]
pub(super) fn health_check() -> RawHtml<&'static str> {
    RawHtml("ok")
}
