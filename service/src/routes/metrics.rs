//! `GET /metrics`: how the service is, for Prometheus. On the same port as all else, behind a role of its own: there is
//! one way in, and one rule of the network for it.

use std::sync::Arc;

use rocket::http::ContentType;
use rocket::{State, get};

use crate::access;
use crate::error::Error;
use crate::front::Traffic;
use crate::observe::Metrics;
use crate::store::SharedStore;

/// Answers OpenMetrics' text.
#[get("/metrics")]
pub(super) fn metrics(
    _access: access::Metrics<'_>,
    metrics: &State<Metrics>,
    traffic: &State<Arc<Traffic>>,
    store: &State<SharedStore>,
) -> Result<(ContentType, String), Error> {
    let kind = ContentType::new("application", "openmetrics-text");
    let kind = kind.with_params([("version", "1.0.0"), ("charset", "utf-8")]);
    Ok((kind, metrics.text(traffic, &store.gauges())?))
}
