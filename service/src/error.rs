//! The one error type of the answers, and its one envelope: problem+json, RFC 9457.

use std::io::Cursor;

use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use serde::Serialize;

use crate::access::Refusal;
use crate::observe::{self, Chain};
use crate::routes::verbs::ALLOW;
use crate::store::StoreError;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such path.
    #[error("there is nothing at this path")]
    NotFound,
    /// A method other than GET, HEAD and OPTIONS.
    #[error("only GET, HEAD and OPTIONS are answered here")]
    MethodNotAllowed,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The report could not be written.
    #[error("the report could not be written")]
    Encoding(#[from] serde_json::Error),
    /// The caller may not ask that, or not so often.
    #[error(transparent)]
    Access(#[from] Refusal),
    /// What Rocket itself refuses.
    #[error("the request was refused")]
    Refused(Status),
}

/// The envelope.
#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    instance: &'a str,
    request_id: &'a str,
}

impl Error {
    /// The status that tells the error.
    pub fn status(&self) -> Status {
        match self {
            Error::NotFound => Status::NotFound,
            Error::MethodNotAllowed => Status::MethodNotAllowed,
            Error::Store(StoreError::Busy | StoreError::Unreachable(_)) => Status::ServiceUnavailable,
            Error::Store(StoreError::TimedOut) => Status::GatewayTimeout,
            Error::Store(_) | Error::Encoding(_) => Status::InternalServerError,
            Error::Access(refusal) => refusal.status(),
            Error::Refused(status) => *status,
        }
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let status = self.status();
        let request_id = &observe::trace(request).id;
        match status.code {
            500 => tracing::error!(request_id, error = %Chain(&self), "a request failed"),
            501.. => tracing::warn!(request_id, error = %Chain(&self), "a request was turned away"),
            _ => {}
        }
        let problem = Problem {
            r#type: "about:blank",
            title: status.reason_lossy(),
            status: status.code,
            detail: self.to_string(),
            instance: request.uri().path().as_str(),
            request_id,
        };
        let body = serde_json::to_string(&problem).map_err(|_| Status::InternalServerError)? + "\n";
        let mut response = Response::build();
        response.status(status).header(ContentType::new("application", "problem+json"));
        response.sized_body(body.len(), Cursor::new(body));
        if let Error::Access(refusal) = &self {
            let (name, value) = refusal.advice();
            response.raw_header(name, value);
        }
        match status {
            Status::ServiceUnavailable => drop(response.header(Header::new("Retry-After", "1"))),
            Status::MethodNotAllowed => drop(response.header(Header::new("Allow", ALLOW))),
            _ => {}
        }
        response.ok()
    }
}
