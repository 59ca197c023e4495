//! What a report is asked with, apart from its path.

use std::convert::Infallible;

use rocket::async_trait;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use super::Parameter;
use super::format::Format;
use super::reader::Reader;
use crate::error::Error;

/// A request for a report.
pub(in crate::routes) struct Asked<'r> {
    request: &'r Request<'r>,
}

#[async_trait]
impl<'r> FromRequest<'r> for Asked<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, Infallible> {
        Outcome::Success(Asked { request })
    }
}

impl Asked<'_> {
    /// Its query, of which `known` may be there.
    pub(super) fn reader(&self, known: &[&Parameter]) -> Reader {
        Reader::new(self.request.uri().query().map_or("", |query| query.as_str()), known)
    }

    /// The format of the answer; `given` is what the query says.
    pub(super) fn format(&self, given: Option<Format>) -> Result<Format, Error> {
        given.or_else(|| Format::negotiated(self.request.headers().get("Accept"))).ok_or(Error::NotAcceptable)
    }

    /// The same request with another cursor, as a path and a query.
    pub(super) fn at(&self, cursor: &str) -> String {
        let query = self.request.uri().query().map_or("", |query| query.as_str());
        let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let cursor = format!("cursor={cursor}");
        let query = others.chain([cursor.as_str()]).collect::<Vec<_>>().join("&");
        format!("{}?{query}", self.request.uri().path())
    }
}
