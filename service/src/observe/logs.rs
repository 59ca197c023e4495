//! The log: a JSON object a line, on standard output.

use service_settings::LogLevel;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Begins the log. It must come before Rocket, which otherwise brings its own.
pub fn install(level: LogLevel) {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    // Rocket writes for a terminal, part of it under the target `_`.
    let targets = Targets::new()
        .with_default(level)
        .with_target("rocket", LevelFilter::OFF)
        .with_target("_", LevelFilter::OFF);
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .log_internal_errors(false);
    if tracing_subscriber::registry().with(targets).with(lines).try_init().is_err() {
        tracing::debug!("the log had begun already");
    }
}
