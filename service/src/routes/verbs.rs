//! Methods other than GET: HEAD is Rocket's, OPTIONS tells what is allowed, all others are refused.

use std::io::Cursor;

use rocket::async_trait;
use rocket::data::Data;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{ContentType, Header, Method};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use rocket::route::{Handler, Outcome, Route};

use crate::error::Error;

/// The methods that every endpoint answers.
pub const ALLOW: &str = "GET, HEAD, OPTIONS";

/// The methods that a form is sent by.
pub const ALLOW_FORM: &str = "POST, OPTIONS";

const OTHERS: [Method; 7] = [
    Method::Connect,
    Method::Delete,
    Method::Options,
    Method::Patch,
    Method::Post,
    Method::Put,
    Method::Trace,
];

/// The routes of the other methods, at the path of `endpoint`.
///
/// Verbs that Rocket does not know come as one of them: see [`crate::front::UnknownVerb`].
pub(super) fn beside(endpoint: &Route) -> Vec<Route> {
    OTHERS.map(|method| Route::new(method, endpoint.uri.path(), Verb { allow: ALLOW })).into()
}

/// The same, at a path to which a form is sent.
pub(super) fn beside_form(form: &Route) -> Vec<Route> {
    let others = OTHERS.into_iter().chain([Method::Get]).filter(|method| *method != Method::Post);
    others.map(|method| Route::new(method, form.uri.path(), Verb { allow: ALLOW_FORM })).collect()
}

#[derive(Clone)]
struct Verb {
    allow: &'static str,
}

#[async_trait]
impl Handler for Verb {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        match request.method() {
            Method::Options => Outcome::from(request, Options { allow: self.allow }),
            _ if self.allow == ALLOW_FORM => Outcome::from(request, Error::PostOnly),
            _ => Outcome::from(request, Error::MethodNotAllowed),
        }
    }
}

/// Tells what is allowed, in an empty page.
struct Options {
    allow: &'static str,
}

impl<'r> Responder<'r, 'static> for Options {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(ContentType::HTML)
            .header(Header::new("Allow", self.allow))
            .sized_body(0, Cursor::new(""))
            .ok()
    }
}

/// Keeps a POST a POST: Rocket makes of one whose form begins with `_method=get` a GET.
pub struct PlainPost;

#[async_trait]
impl Fairing for PlainPost {
    fn info(&self) -> Info {
        Info { name: "A POST stays a POST", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        let is_form = request.content_type().is_some_and(|kind| kind.is_form());
        if is_form && data.peek(8).await == b"_method=" {
            request.set_method(Method::Post);
        }
    }
}
