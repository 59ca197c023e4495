//! Start, drain and stop.
//!
//! Rocket refuses new connections the moment it is told to stop, while the load balancer still sends
//! them. So SIGTERM begins a drain first: readiness fails, every answer asks its client to connect
//! anew, and all is answered; only then is Rocket told.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind, Result};
use rocket::figment::Figment;
use rocket::request::Request;
use rocket::response::Response;
use rocket::{Build, Config, Orbit, Rocket, Shutdown, async_trait};
use service_settings::Settings;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::sleep;

/// What Rocket reads: nothing from files or from variables of its own.
pub fn rocket_config(settings: &Settings) -> Figment {
    Figment::from(Config::release_default())
        .merge(("address", Ipv4Addr::UNSPECIFIED))
        .merge(("port", settings.app_port))
        .merge(("ident", false))
        .merge(("ip_header", false))
        .merge(("log_level", "off"))
        .merge(("cli_colors", false))
        .merge(("shutdown.signals", Vec::<String>::new()))
        .merge(("shutdown.grace", settings.grace_seconds()))
        .merge(("shutdown.mercy", 1))
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
        tracing::info!(port = rocket.config().port, "listening");
        if let Some(signals) = self.signals.lock().unwrap_or_else(PoisonError::into_inner).take() {
            tokio::spawn(drain(signals, self.draining.clone(), self.drain, rocket.shutdown()));
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        finish(request, response);
    }
}

/// Asks the client of a draining service to connect anew.
pub fn finish(request: &Request<'_>, response: &mut Response<'_>) {
    if request.rocket().state::<Draining>().is_some_and(Draining::has_begun) {
        response.set_raw_header("Connection", "close");
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
