//! What a handler shows, as arguments of it: who may not see that never reaches it.

use rocket::async_trait;
use rocket::http::Status;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use super::{Caller, Gate, Refusal, Role};

/// Makes of a role a guard.
macro_rules! guard {
    ($(#[$doc:meta])* $name:ident needs $role:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<'r>(pub &'r Caller);

        #[async_trait]
        impl<'r> FromRequest<'r> for $name<'r> {
            type Error = Refusal;

            async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, Refusal> {
                admit(request, Role::$role, $name)
            }
        }
    };
}

guard! {
    /// Figures that name nobody: for analysts and admins.
    Aggregates needs Analyst
}

guard! {
    /// Figures of single users: for admins. Who saw them stands in the log.
    PersonalData needs Admin
}

guard! {
    /// How the service is: for operators.
    Metrics needs Ops
}

fn admit<'r, G>(
    request: &'r Request<'_>,
    role: Role,
    guard: impl FnOnce(&'r Caller) -> G,
) -> request::Outcome<G, Refusal> {
    let Some(gate) = request.rocket().state::<Gate>() else {
        return Outcome::Error((Status::InternalServerError, Refusal::NoToken));
    };
    match gate.admit(request, role) {
        Ok(caller) => Outcome::Success(guard(caller)),
        Err(refusal) => Outcome::Error((refusal.status(), refusal)),
    }
}
