//! The one error type of the answers, and its one envelope: problem+json, RFC 9457.

use std::io::Cursor;

use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::access::Refusal;
use crate::dashboard::TemplateError;
use crate::observe::{self, Chain, Metrics};
use crate::routes::verbs::{ALLOW, ALLOW_FORM};
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
    /// A method other than POST, where only a form is taken.
    #[error("only POST and OPTIONS are answered here")]
    PostOnly,
    /// A form that another site's page sent.
    #[error("this form was sent by a page of another site")]
    ForeignForm,
    /// Parameters that are unknown, there twice, or malformed.
    #[error("{}", told(.0))]
    Malformed(Vec<Fault>),
    /// Parameters that are well-formed, and cannot be answered.
    #[error("{}", told(.0))]
    Contradiction(Vec<Fault>),
    /// What the client accepts is nothing that there is.
    #[error("this is answered as `application/json` or `text/csv`, and `Accept` takes neither")]
    NotAcceptable,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The report could not be written.
    #[error("the report could not be written")]
    Encoding(#[from] serde_json::Error),
    /// The page could not be written.
    #[error(transparent)]
    Page(#[from] TemplateError),
    /// The numbers could not be written.
    #[error("the numbers could not be written")]
    Numbers(#[from] std::fmt::Error),
    /// The caller may not ask that, or not so often.
    #[error(transparent)]
    Access(#[from] Refusal),
    /// What Rocket itself refuses.
    #[error("the request was refused")]
    Refused(Status),
}

/// What is wrong with a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// Its name.
    pub parameter: String,
    /// What is wrong, and what to do.
    pub detail: String,
}

impl Fault {
    /// A fault of this parameter.
    pub fn new(parameter: &str, detail: String) -> Fault {
        Fault { parameter: parameter.to_owned(), detail }
    }
}

/// All faults in one sentence.
fn told(faults: &[Fault]) -> String {
    let fault = |fault: &Fault| format!("`{}`: {}", fault.parameter, fault.detail);
    faults.iter().map(fault).collect::<Vec<_>>().join("; ")
}

/// What is wrong, RFC 9457.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Problem<'a> {
    /// The kind of problem: the status says it all.
    r#type: &'static str,
    /// The status in words.
    title: &'static str,
    /// The status.
    status: u16,
    /// What happened.
    detail: &'a str,
    /// The path, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    instance: Option<&'a str>,
    /// By which the log's lines are found.
    request_id: &'a str,
    /// The parameters that are wrong: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Fault>")]
    errors: Option<&'a [Fault]>,
}

impl Problem<'_> {
    /// The envelope of what never reached a route.
    pub(crate) fn unread<'a>(status: Status, detail: &'a str, request_id: &'a str) -> Problem<'a> {
        let title = status.reason_lossy();
        let (status, instance, errors) = (status.code, None, None);
        Problem { r#type: "about:blank", title, status, detail, instance, request_id, errors }
    }

    /// The envelope, and a newline.
    pub(crate) fn to_json(&self) -> String {
        // Texts and a number are always JSON.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

impl Error {
    /// The status that tells the error.
    pub fn status(&self) -> Status {
        match self {
            Error::NotFound => Status::NotFound,
            Error::MethodNotAllowed | Error::PostOnly => Status::MethodNotAllowed,
            Error::ForeignForm => Status::Forbidden,
            Error::Malformed(_) => Status::BadRequest,
            Error::Contradiction(_) => Status::UnprocessableEntity,
            Error::NotAcceptable => Status::NotAcceptable,
            Error::Store(StoreError::Busy | StoreError::Locked | StoreError::Unreachable(_)) => {
                Status::ServiceUnavailable
            }
            Error::Store(StoreError::TimedOut) => Status::GatewayTimeout,
            Error::Store(_) | Error::Encoding(_) | Error::Page(_) | Error::Numbers(_) => {
                Status::InternalServerError
            }
            Error::Access(refusal) => refusal.status(),
            Error::Refused(status) => *status,
        }
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let status = self.status();
        let request_id = &observe::trace(request).id;
        if let (Error::Store(StoreError::Busy), Some(metrics)) = (&self, request.rocket().state::<Metrics>())
        {
            metrics.shed();
        }
        match status.code {
            500 => tracing::error!(request_id, error = %Chain(&self), "a request failed"),
            501.. => tracing::warn!(request_id, error = %Chain(&self), "a request was turned away"),
            _ => {}
        }
        let problem = Problem {
            r#type: "about:blank",
            title: status.reason_lossy(),
            status: status.code,
            detail: &self.to_string(),
            instance: Some(request.uri().path().as_str()),
            request_id,
            errors: match &self {
                Error::Malformed(faults) | Error::Contradiction(faults) => Some(faults),
                _ => None,
            },
        };
        let body = problem.to_json();
        let mut response = Response::build();
        response.status(status).header(ContentType::new("application", "problem+json"));
        response.raw_header("Cache-Control", "no-store");
        response.sized_body(body.len(), Cursor::new(body));
        if let Error::Access(refusal) = &self {
            let (name, value) = refusal.advice();
            response.raw_header(name, value);
        }
        match status {
            Status::ServiceUnavailable => drop(response.header(Header::new("Retry-After", "1"))),
            Status::MethodNotAllowed => {
                let allow = if matches!(self, Error::PostOnly) { ALLOW_FORM } else { ALLOW };
                response.header(Header::new("Allow", allow));
            }
            _ => {}
        }
        response.ok()
    }
}
