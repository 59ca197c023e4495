//! The service as its clients see it: the real program, real sockets, a real PostgreSQL.
//!
//! The modules mirror what is asked for; `harness` holds what they stand on.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

mod harness;

mod access;
mod certificates;
mod chaos;
mod check;
mod daily_usage;
mod dashboard;
mod embedded;
mod embedded_rollups;
mod exactness;
mod faults;
mod freshness;
mod front;
mod frozen;
mod health_check;
mod healthcheck;
mod import;
mod layers;
mod lifecycle;
mod methods;
mod metrics;
mod migrate;
mod openapi;
mod passwords;
mod paths;
mod rate_limit;
mod read_only;
mod readiness_check;
mod rollups;
mod saturated;
mod secrets;
mod shapes;
mod slots;
mod slow_clients;
mod soak;
mod user_visits;
mod v1_daily_usage;
mod v1_summary;
mod v1_user_visits;
mod visitors;
