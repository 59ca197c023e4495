//! An answer whose bytes have a name: whoever has them already is not sent them again, RFC 9110 §13.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::csv::Table;
use crate::error::Error;

const JSON: &str = "application/json";
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// An answer of bytes.
pub(in crate::routes) struct Answer {
    body: Vec<u8>,
    kind: &'static str,
    filename: Option<String>,
    next: Option<String>,
}

impl Answer {
    /// JSON and a newline.
    pub(in crate::routes) fn json(value: &impl Serialize) -> Result<Answer, Error> {
        let mut body = serde_json::to_vec(value)?;
        body.push(b'\n');
        Ok(Answer { body, kind: JSON, filename: None, next: None })
    }

    /// CSV, to be kept as a file of this name, without its end.
    pub(super) fn csv(table: Table, name: &str) -> Answer {
        Answer { body: table.into_bytes(), kind: CSV, filename: Some(format!("{name}.csv")), next: None }
    }

    /// Where the next page is: a path and a query.
    pub(super) fn next(mut self, next: Option<String>) -> Answer {
        self.next = next;
        self
    }
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let tag = tag(&self.body, self.kind);
        let mut response = Response::build();
        response
            .raw_header("ETag", tag.clone())
            .raw_header("Cache-Control", "private, max-age=0, must-revalidate")
            .raw_header("Vary", "Accept, Authorization, Cookie");
        if let Some(next) = &self.next {
            response.raw_header("Link", format!("<{next}>; rel=\"next\""));
        }
        if request.headers().get("If-None-Match").any(|field| names(field, &tag)) {
            return response.status(Status::NotModified).ok();
        }
        response.raw_header("Content-Type", self.kind).raw_header("X-Content-Type-Options", "nosniff");
        if let Some(filename) = &self.filename {
            response.raw_header("Content-Disposition", format!("attachment; filename=\"{filename}\""));
        }
        response.sized_body(self.body.len(), Cursor::new(self.body)).ok()
    }
}

/// A strong tag: the same for the same bytes of the same kind, on every replica.
fn tag(body: &[u8], kind: &str) -> String {
    let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(body).finalize();
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..18]))
}

/// Whether a field `If-None-Match` names `tag`. What is compared is weak, RFC 9110 §13.1.2. Our tags hold no comma.
fn names(field: &str, tag: &str) -> bool {
    let mut tags = field.split(',').map(str::trim);
    tags.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_of_bytes_and_kind() {
        assert_eq!(tag(b"a", JSON), tag(b"a", JSON));
        assert_ne!(tag(b"a", JSON), tag(b"b", JSON));
        assert_ne!(tag(b"a", JSON), tag(b"a", CSV));
    }

    #[test]
    fn a_field_may_name_many_tags() {
        for (field, expected) in [
            ("\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("a", false),
            ("", false),
        ] {
            assert_eq!(names(field, "\"a\""), expected, "{field}");
        }
    }
}
