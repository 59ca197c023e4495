//! Forms that a page of ours sends.

use std::convert::Infallible;

use rocket::async_trait;
use rocket::data::{Data, ToByteUnit as _};
use rocket::http::{Cookie, RawStr, SameSite};
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use crate::access::SESSION_COOKIE;

/// No token is longer.
const MOST: u64 = 8;

/// How a form was sent.
pub(super) struct Sent {
    /// Whether a page of ours sent it, as far as the browser tells.
    pub(super) is_ours: bool,
    /// Whether it came by TLS, as far as the load balancer tells.
    secure: bool,
}

#[async_trait]
impl<'r> FromRequest<'r> for Sent {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Sent, Infallible> {
        let field = |name| request.headers().get_one(name);
        Outcome::Success(Sent {
            is_ours: !matches!(field("Sec-Fetch-Site"), Some("cross-site" | "same-site")),
            secure: field("X-Forwarded-Proto") == Some("https"),
        })
    }
}

impl Sent {
    /// The cookie that holds `token`: no script reads it, and no other site sends it. It lasts as long as the browser
    /// is open, and the token as long as it says.
    pub(super) fn cookie(&self, token: String) -> Cookie<'static> {
        let cookie = Cookie::build((SESSION_COOKIE, token)).http_only(true).same_site(SameSite::Strict);
        cookie.path("/").secure(self.secure).build()
    }
}

/// The field of this name; absent if there is none, or nothing in it.
pub(super) async fn field(name: &str, form: Data<'_>) -> Option<String> {
    let text = form.open(MOST.kibibytes()).into_string().await.ok().filter(|text| text.is_complete())?;
    let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.find(|(key, _)| *key == name)?.1;
    let value = RawStr::new(value).url_decode().ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
