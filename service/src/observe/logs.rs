//! The log: a JSON object a line, on standard output.

use service_settings::LogLevel;
use tracing::level_filters::LevelFilter;

/// Begins the log. Rocket's own, which is for a terminal, is off: see [`crate::lifecycle`].
pub fn install(level: LogLevel) {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let lines = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .log_internal_errors(false)
        .with_max_level(level);
    if lines.try_init().is_err() {
        tracing::debug!("the log had begun already");
    }
    std::panic::set_hook(Box::new(|panic| tracing::error!(%panic, "a thread panicked: this is a defect")));
}
