//! From hyper to Rocket and back, within the process.
//!
//! It is what Rocket's own listener does, by Rocket's public way to call a launched instance without one.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};
use hyper::service::Service;
use hyper::{Request, Response};
use rocket::http::uri::{Host, Origin};
use rocket::http::{Cookie, Header, Method};
use rocket::local::asynchronous::{Client, LocalRequest};

use super::body::Answer;
use super::limits::FORM_BYTES;
use super::register::{Open, Phase};
use crate::{lanes, store};

/// Marks a request whose verb Rocket does not know, such as `FOO`: it goes where any refused verb goes.
pub struct UnknownVerb(pub bool);

/// What answers the requests of one connection.
pub(super) struct Dispatch {
    pub(super) client: &'static Client,
    pub(super) open: Arc<Open>,
    pub(super) remote: SocketAddr,
    /// How long a form may take.
    pub(super) patience: Duration,
}

impl Service<Request<Incoming>> for Dispatch {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Answer>, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        self.open.enter(Phase::Answering, Instant::now());
        self.open.answered.store(false, Ordering::Relaxed);
        Box::pin(answer(self.client, Arc::clone(&self.open), self.remote, self.patience, request))
    }
}

async fn answer(
    client: &'static Client,
    open: Arc<Open>,
    remote: SocketAddr,
    patience: Duration,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let _in_hand = lanes::in_hand();
    let (head, body) = request.into_parts();
    let method = head.method.as_str().parse::<Method>();
    let uri = match head.uri.path_and_query() {
        Some(uri) => Origin::new(uri.path().to_owned(), uri.query().map(str::to_owned)),
        None => Origin::ROOT,
    };
    let mut asked = client.req(method.unwrap_or(Method::Trace), uri);
    asked.inner_mut().set_remote(remote);
    asked.inner().local_cache(|| UnknownVerb(method.is_err()));
    asked = with_fields(asked, &head.headers);
    if method == Ok(Method::Post) && is_form(&head.headers) {
        asked.set_body(form(body, patience).await);
    }
    let answered = store::measuring(asked.dispatch()).await;

    let mut response = Response::new(());
    if let Ok(status) = hyper::StatusCode::from_u16(answered.status().code) {
        *response.status_mut() = status;
    }
    for field in answered.headers().iter() {
        let name = HeaderName::from_bytes(field.name().as_str().as_bytes());
        match (name, HeaderValue::from_str(field.value())) {
            (Ok(name), Ok(value)) => drop(response.headers_mut().append(name, value)),
            _ => tracing::error!(name = field.name().as_str(), "a field of an answer cannot be sent"),
        }
    }
    if let Some(size) = answered.body().preset_size()
        && !response.headers().contains_key(TRANSFER_ENCODING)
    {
        response.headers_mut().insert(hyper::header::CONTENT_LENGTH, size.into());
    }
    Ok(response.map(|()| Answer::new(answered, open)))
}

fn with_fields(mut asked: LocalRequest<'static>, fields: &HeaderMap) -> LocalRequest<'static> {
    for (name, value) in fields {
        // Rocket knows texts alone.
        let Ok(value) = std::str::from_utf8(value.as_bytes()) else { continue };
        if name == COOKIE {
            let cookies = value.split(';').filter_map(|cookie| Cookie::parse_encoded(cookie.trim()).ok());
            asked = cookies.fold(asked, |asked, cookie| asked.cookie(cookie.into_owned()));
        } else if name == hyper::header::HOST
            && let Ok(host) = Host::parse_owned(value.to_owned())
        {
            asked.inner_mut().set_host(host);
        }
        asked.add_header(Header::new(name.as_str().to_owned(), value.to_owned()));
    }
    asked
}

fn is_form(fields: &HeaderMap) -> bool {
    fields
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}

/// The bytes of a form; none of one that is too long, too slow, or cut off.
async fn form(body: Incoming, patience: Duration) -> Bytes {
    let whole = tokio::time::timeout(patience, Limited::new(body, FORM_BYTES).collect());
    whole.await.ok().and_then(Result::ok).map(|form| form.to_bytes()).unwrap_or_default()
}
