//! What one client may cost.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use service_settings::Settings;

/// Bytes of a request's head, the longest that is read; and of what waits to be sent.
pub(super) const HEAD_BYTES: usize = 16 * 1024;

/// Bytes of a form, the longest that is read.
pub(super) const FORM_BYTES: usize = 8 * 1024;

/// Bytes a second that a client takes at least of a long answer.
const SLOWEST: u64 = 4096;

/// Descriptors that are kept for the database, the log and the listener.
const KEPT: u64 = 64;

/// What one client may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For the head of a request from its first byte on, and for the first byte of a connection.
    pub(super) head: Duration,
    /// Between two requests.
    pub(super) idle: Duration,
    /// For an answer that is not taken.
    pub(super) send: Duration,
    /// Open connections.
    pub(super) connections: usize,
    /// Those from one address.
    pub(super) per_address: Option<usize>,
}

impl Limits {
    /// The limits as the settings have them, and no more connections than there are descriptors for.
    pub(super) fn new(settings: &Settings) -> Limits {
        let seconds = |seconds: u32| Duration::from_secs(seconds.into());
        let kept = KEPT + u64::from(settings.db_pool_size);
        let room = usize::try_from(descriptors().saturating_sub(kept)).unwrap_or(usize::MAX).max(1);
        let wanted = settings.max_connections as usize;
        if room < wanted {
            tracing::warn!(
                wanted,
                room,
                "fewer connections than `MAX_CONNECTIONS`: there are no more file descriptors"
            );
        }
        Limits {
            head: seconds(settings.head_timeout_seconds),
            idle: seconds(settings.keep_alive_seconds),
            send: seconds(settings.send_timeout_seconds),
            connections: wanted.min(room),
            per_address: Some(settings.max_connections_per_address as usize).filter(|limit| *limit > 0),
        }
    }

    /// How long `sent` bytes of an answer may have taken since the client was first seen to lag.
    pub(super) fn sending(self, sent: u64) -> Duration {
        self.send + Duration::from_secs(sent / SLOWEST)
    }
}

/// How many descriptors there may be, after as many as the system allows are asked for.
fn descriptors() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum.unwrap_or(u64::MAX),
        Err(_) => limit.current.unwrap_or(u64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_answer_may_take_its_time() {
        let limits = Limits::new(&Settings::default());
        assert_eq!(limits.sending(0), Duration::from_secs(30));
        assert_eq!(limits.sending(10 * 4096), Duration::from_secs(40));
        assert_eq!(limits.per_address, None);
    }
}
