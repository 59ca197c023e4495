//! `POST /sign-out`: forgets the token.

use rocket::http::CookieJar;
use rocket::post;
use rocket::response::Redirect;

use super::form::Sent;
use super::html::Failed;
use crate::error::Error;

/// Drops the cookie, and leads to the dashboard, which asks for another token.
#[post("/sign-out")]
pub(super) fn sign_out(sent: Sent, cookies: &CookieJar<'_>) -> Result<Redirect, Failed> {
    if !sent.is_ours {
        return Err(Failed::from(Error::ForeignForm));
    }
    cookies.remove(sent.cookie(String::new()));
    Ok(Redirect::to("/"))
}
