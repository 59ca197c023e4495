//! `POST /sign-in`: keeps a token in a cookie. Whether it is good is seen when it is used.

use rocket::data::Data;
use rocket::http::CookieJar;
use rocket::post;
use rocket::response::Redirect;

use super::form::{self, Sent};
use super::html::Failed;
use crate::access::Refusal;
use crate::error::Error;

/// Takes the form's token, and leads to the dashboard.
#[post("/sign-in", data = "<form>")]
pub(super) async fn sign_in(sent: Sent, cookies: &CookieJar<'_>, form: Data<'_>) -> Result<Redirect, Failed> {
    if !sent.is_ours {
        return Err(Failed::from(Error::ForeignForm));
    }
    let token = form::field("token", form).await.ok_or(Refusal::NoToken)?;
    cookies.add(sent.cookie(token.trim_start_matches("Bearer ").to_owned()));
    Ok(Redirect::to("/"))
}
