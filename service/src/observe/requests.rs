//! A line a request, and the id by which its lines are found.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rocket::async_trait;
use rocket::data::Data;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Method, Status};
use rocket::request::Request;
use rocket::response::Response;

use super::Metrics;
use super::traceparent::Traceparent;
use crate::access;
use crate::front::UnknownVerb;
use crate::store;

const HEADER: &str = "X-Request-Id";
const TRACEPARENT: &str = "traceparent";

/// What is known of a request from its beginning.
#[derive(Debug)]
pub struct Trace {
    /// Its id: the client's own, or a new one.
    pub id: String,
    place: Traceparent,
    /// Rocket makes a GET of a HEAD on its way. Absent for a verb that it does not know.
    method: Option<Method>,
    start: Instant,
}

/// The stage that logs requests.
pub struct Requests;

#[async_trait]
impl Fairing for Requests {
    fn info(&self) -> Info {
        Info { name: "A line a request", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let known = !request.local_cache(|| UnknownVerb(false)).0;
        let method = known.then(|| request.method());
        request.local_cache(|| Trace::begin(request, method));
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        finish(request, response);
    }
}

/// The trace of `request`; one that no stage saw begins here.
pub fn trace<'r>(request: &'r Request<'_>) -> &'r Trace {
    request.local_cache(|| Trace::begin(request, None))
}

/// Tells the log of a request that could not be read.
pub(crate) fn unread(request_id: &str, status: Status) {
    tracing::info!(request_id, method = "unknown", route = "none", status = status.code, "request");
}

/// Tells the client the id, and the log what happened. The duration ends where the body begins.
fn finish(request: &Request<'_>, response: &mut Response<'_>) {
    let trace = trace(request);
    response.set_raw_header(HEADER, trace.id.clone());
    let seen = access::seen(request);
    if let Some(standing) = seen.and_then(|(seen, _)| seen.standing.as_ref()) {
        response.set_raw_header("RateLimit", standing.left.clone());
        response.set_raw_header("RateLimit-Policy", standing.policy.clone());
    }
    response.set_raw_header(TRACEPARENT, trace.place.to_string());
    let route = request.route().map(|route| route.uri.as_str());
    let method = trace.method.map_or("unknown", |method| method.as_str());
    let took = trace.start.elapsed();
    if let Some(metrics) = request.rocket().state::<Metrics>() {
        metrics.answered(method, route, response.status().code, took);
    }
    tracing::info!(
        request_id = trace.id,
        trace_id = trace.place.trace,
        span_id = trace.place.span,
        method,
        path = request.uri().path().as_str(),
        route = route.unwrap_or("none"),
        subject = seen.and_then(|(seen, _)| Some(seen.caller.as_ref().ok()?.subject())),
        role = seen.map(|(_, role)| role.as_str()),
        status = response.status().code,
        database_ms = store::waited().map(milliseconds),
        duration_ms = milliseconds(took),
        "request",
    );
}

impl Trace {
    fn begin(request: &Request<'_>, method: Option<Method>) -> Trace {
        let given = request.headers().get_one(HEADER).filter(|id| is_acceptable(id));
        let place = Traceparent::follow(request.headers().get_one(TRACEPARENT), random);
        Trace { id: given.map_or_else(new_id, str::to_owned), place, method, start: Instant::now() }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}

/// Whether a client's id may stand in the log: 1 to 128 letters, digits, dots, dashes and underscores.
fn is_acceptable(id: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=128).contains(&id.len()) && id.bytes().all(fits)
}

/// Chance, for ids alone: a count, hashed with a key of this run.
fn random() -> u64 {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    KEY.hash_one(COUNT.fetch_add(1, Ordering::Relaxed))
}

/// An id that no other replica gives: chance of this run, and a count.
pub(crate) fn new_id() -> String {
    static RUN: LazyLock<u64> = LazyLock::new(|| RandomState::new().build_hasher().finish());
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{:016x}-{}", *RUN, COUNT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_could_break_a_line_are_not_accepted() {
        for (id, expected) in [("a-B_1.2", true), ("", false), ("a b", false), ("a\"", false), ("ä", false)]
        {
            assert_eq!(is_acceptable(id), expected, "{id}");
        }
        assert!(!is_acceptable(&"a".repeat(129)));
    }

    #[test]
    fn ids_differ() {
        assert_ne!(new_id(), new_id());
    }
}
