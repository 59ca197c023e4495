//! Pages for people: the dashboard, its stylesheet, and how one signs in. They are no part of the API.

mod asked;
mod assets;
mod form;
mod html;
mod overview;
mod sign_in;
mod sign_out;

use rocket::{Route, routes};

/// What is looked at.
pub(super) fn looked_at() -> Vec<Route> {
    routes![assets::stylesheet, overview::overview]
}

/// What forms are sent to.
pub(super) fn sent_to() -> Vec<Route> {
    routes![sign_in::sign_in, sign_out::sign_out]
}
