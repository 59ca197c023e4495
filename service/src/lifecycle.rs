//! Start, drain and stop.
//!
//! A load balancer still sends connections when the service is told to stop. So SIGTERM begins a drain
//! first: readiness fails, every answer asks its client to connect anew, and all is answered; only
//! then is Rocket told, and with it the way in.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind, Result};
use rocket::figment::Figment;
use rocket::request::Request;
use rocket::response::Response;
use rocket::{Build, Config, Orbit, Rocket, Shutdown, async_trait};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::sleep;

/// What Rocket reads: nothing from files or from variables of its own. It listens nowhere: see [`crate::front`].
pub fn rocket_config() -> Figment {
    Figment::from(Config::release_default())
        .merge(("ident", false))
        .merge(("ip_header", false))
        .merge(("log_level", "off"))
        .merge(("cli_colors", false))
}

/// Whether the drain has begun.
#[derive(Clone, Debug, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// Whether it has.
    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The stage that waits for SIGTERM.
pub struct Lifecycle {
    draining: Draining,
    drain: Duration,
    /// From ignition to liftoff.
    signals: Mutex<Option<Signal>>,
}

impl Lifecycle {
    /// A stage that goes on answering for so many seconds.
    pub fn new(drain_seconds: u32) -> Lifecycle {
        Lifecycle {
            draining: Draining::default(),
            drain: Duration::from_secs(drain_seconds.into()),
            signals: Mutex::new(None),
        }
    }
}

#[async_trait]
impl Fairing for Lifecycle {
    fn info(&self) -> Info {
        Info { name: "Start, drain and stop", kind: Kind::Ignite | Kind::Liftoff | Kind::Response }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> Result {
        // Before the port is open: a SIGTERM that comes first waits in the stream.
        match signal(SignalKind::terminate()) {
            Ok(signals) => *self.signals.lock().unwrap_or_else(PoisonError::into_inner) = Some(signals),
            Err(error) => tracing::error!(%error, "SIGTERM will end the service at once"),
        }
        Ok(rocket.manage(self.draining.clone()))
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        if let Some(signals) = self.signals.lock().unwrap_or_else(PoisonError::into_inner).take() {
            tokio::spawn(drain(signals, self.draining.clone(), self.drain, rocket.shutdown()));
        }
    }

    /// Asks the client of a draining service to connect anew.
    async fn on_response<'r>(&self, _: &'r Request<'_>, response: &mut Response<'r>) {
        if self.draining.has_begun() {
            response.set_raw_header("Connection", "close");
        }
    }
}

/// Waits for SIGTERM, drains, and tells Rocket; a second SIGTERM ends the drain.
async fn drain(mut signals: Signal, draining: Draining, drain: Duration, shutdown: Shutdown) {
    signals.recv().await;
    draining.0.store(true, Ordering::Release);
    tracing::info!(seconds = drain.as_secs(), "SIGTERM: draining");
    tokio::select! {
        () = sleep(drain) => {}
        _ = signals.recv() => tracing::info!("SIGTERM again: the drain ends"),
    }
    shutdown.notify();
}
