//! Requests that no route answers.

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::Responder;
use rocket::{Catcher, catch, catchers, response};

use super::{endpoints, path};
use crate::error::Error;
use crate::{access, lifecycle, observe};

/// All catchers.
pub fn all() -> Vec<Catcher> {
    catchers![refused, not_found, unknown_verb]
}

#[catch(default)]
fn refused(status: Status, request: &Request<'_>) -> Error {
    access::refusal(request, status).map_or(Error::Refused(status), Error::Access)
}

#[catch(404)]
fn not_found() -> Error {
    Error::NotFound
}

/// Rocket turns away a verb that it does not know, such as `FOO`, before any route or fairing: as a
/// 400, with a GET in the verb's place. No route of ours answers 400, so that nothing else comes here.
#[catch(400)]
fn unknown_verb(request: &Request<'_>) -> Unseen {
    Unseen(if path::is_among(&endpoints(), request.uri()) {
        Error::MethodNotAllowed
    } else {
        Error::NotFound
    })
}

/// An answer that the fairings do not see: what they add, it adds itself.
struct Unseen(Error);

impl<'r> Responder<'r, 'static> for Unseen {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = self.0.respond_to(request)?;
        observe::finish(request, &mut response);
        lifecycle::finish(request, &mut response);
        Ok(response)
    }
}
