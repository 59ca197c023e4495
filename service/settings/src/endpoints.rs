//! The paths that the service answers: its routes and the manifests' probes name them from here.

/// Liveness: whether the program runs. It never asks the database.
pub const HEALTH_PATH: &str = "/health_check";

/// Readiness: whether a token can be read, answered within two seconds whatever the database does.
pub const READINESS_PATH: &str = "/readiness_check";

/// How the service is, for Prometheus.
pub const METRICS_PATH: &str = "/metrics";

/// Used tokens per day.
pub const DAILY_USAGE_PATH: &str = "/api/reports/daily_usage";

/// All tokens per user.
pub const USER_VISITS_PATH: &str = "/api/reports/user_visits";
