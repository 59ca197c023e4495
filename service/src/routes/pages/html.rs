//! A page, and what its browser is told to leave alone.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};

use crate::access::Refusal;
use crate::dashboard::{self, Problem, SignIn};
use crate::error::Error;
use crate::observe;

/// What protects a page: it loads nothing but our stylesheet, runs nothing, is framed by nobody, and leaves no trace.
const HEADERS: [(&str, &str); 7] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
];

/// A page.
pub(super) struct Html {
    status: Status,
    text: String,
}

impl Html {
    /// The page that the template of this name makes of `page`.
    pub(super) fn new(status: Status, name: &str, page: &impl serde::Serialize) -> Result<Html, Error> {
        Ok(Html { status, text: dashboard::render(name, page)? })
    }
}

impl<'r> Responder<'r, 'static> for Html {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build();
        response.status(self.status).header(ContentType::HTML);
        for (name, value) in HEADERS {
            response.raw_header(name, value);
        }
        response.sized_body(self.text.len(), Cursor::new(self.text)).ok()
    }
}

/// An error, as a page: who may not see asks for another token, and all others may try again.
pub(super) struct Failed(pub(super) Error);

impl<E: Into<Error>> From<E> for Failed {
    fn from(error: E) -> Failed {
        Failed(error.into())
    }
}

impl<'r> Responder<'r, 'static> for Failed {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let told = self.0.to_string();
        // The problem+json of the same error logs it, and knows its fields.
        let mut response = self.0.respond_to(request)?;
        let status = response.status();
        let page = match status.code {
            401 | 403 => {
                let first = told == Refusal::NoToken.to_string();
                Html::new(
                    status,
                    "sign_in.html",
                    &SignIn { told: (!first).then(|| capitalized(&told) + ".") },
                )
            }
            _ => Html::new(
                status,
                "problem.html",
                &Problem {
                    title: "There are no figures now".to_owned(),
                    detail: capitalized(&told),
                    request_id: observe::trace(request).id.clone(),
                },
            ),
        };
        // Without a page, the problem is told as it is.
        if let Ok(page) = page {
            response.merge(page.respond_to(request)?);
        }
        Ok(response)
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
