//! How the service is, in numbers: what `/metrics` tells.

mod process;
mod state;

use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use crate::front::Traffic;
use crate::store::Gauges;
use state::State;

/// What one binary is made from: the commit, where the build says it.
const REVISION: Option<&str> = option_env!("REVISION");

/// Bounds of a request's duration, in seconds: a report is given up after two, unless more is allowed.
const BOUNDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];

/// The numbers that grow with the requests. Rocket keeps them.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Histogram, fn() -> Histogram>,
    shed: Counter,
}

/// What is told apart: nothing that a client can make up.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Labels {
    method: &'static str,
    /// The route's template, or `none`.
    route: String,
    status: u16,
}

impl Metrics {
    /// Numbers that have not begun to grow.
    #[expect(clippy::new_without_default, reason = "it registers what it makes, which no default does")]
    pub fn new() -> Metrics {
        let mut registry = Registry::default();
        let requests = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register(
            "coworking_http_request_duration_seconds",
            "Time from the end of a request's head to the beginning of its answer",
            requests.clone(),
        );
        let shed = Counter::default();
        registry.register(
            "coworking_requests_shed",
            "Requests turned away since every connection to the database was in use",
            shed.clone(),
        );
        let build = [("version", env!("CARGO_PKG_VERSION")), ("revision", REVISION.unwrap_or("unknown"))];
        registry.register("coworking_build", "What runs", Info::new(build.to_vec()));
        Metrics { registry, requests, shed }
    }

    /// Counts a request that was answered.
    pub(super) fn answered(&self, method: &'static str, route: Option<&str>, status: u16, took: Duration) {
        let labels = Labels { method, route: route.unwrap_or("none").to_owned(), status };
        self.requests.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Counts a request that was turned away.
    pub(crate) fn shed(&self) {
        self.shed.inc();
    }

    /// All numbers as OpenMetrics' text, with those of this moment.
    pub fn text(&self, traffic: &Traffic, store: &Gauges) -> Result<String, fmt::Error> {
        let mut moment = Registry::default();
        moment.register_collector(Box::new(State::of(traffic, store)));
        let mut text = String::new();
        encode_registry(&mut text, &self.registry)?;
        encode_registry(&mut text, &moment)?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}

fn histogram() -> Histogram {
    Histogram::new(BOUNDS)
}
