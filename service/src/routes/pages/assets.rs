//! `GET /assets/dashboard.<hash>.css`: the stylesheet, which a browser may keep for good.

use rocket::get;
use rocket::http::{ContentType, Header};

use crate::dashboard::{STYLESHEET, STYLESHEET_PATH};
use crate::error::Error;

/// The stylesheet, with what may be done with it.
#[derive(rocket::Responder)]
pub(super) struct Stylesheet {
    text: &'static str,
    kind: ContentType,
    cache: Header<'static>,
    sniff: Header<'static>,
}

/// Answers the stylesheet, if it is the one of this release.
#[get("/assets/<name>")]
pub(super) fn stylesheet(name: &str) -> Result<Stylesheet, Error> {
    if STYLESHEET_PATH.rsplit('/').next() != Some(name) {
        return Err(Error::NotFound);
    }
    Ok(Stylesheet {
        text: STYLESHEET,
        kind: ContentType::CSS,
        cache: Header::new("Cache-Control", "public, max-age=31536000, immutable"),
        sniff: Header::new("X-Content-Type-Options", "nosniff"),
    })
}
