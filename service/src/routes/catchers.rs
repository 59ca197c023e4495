//! Requests that no route answers.

use rocket::http::Status;
use rocket::request::Request;
use rocket::{Catcher, catch, catchers};

use crate::access;
use crate::error::Error;

/// All catchers.
pub fn all() -> Vec<Catcher> {
    catchers![refused, not_found]
}

#[catch(default)]
fn refused(status: Status, request: &Request<'_>) -> Error {
    access::refusal(request, status).map_or(Error::Refused(status), Error::Access)
}

#[catch(404)]
fn not_found() -> Error {
    Error::NotFound
}
