//! The accept loop.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rocket::futures::FutureExt as _;
use rocket::http::Status;
use rocket::local::asynchronous::Client;
use rocket::{Ignite, Rocket};
use rustix::net::sockopt::set_tcp_user_timeout;
use service_settings::Settings;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

use super::connection::{Connections, Entry};
use super::limits::Limits;
use super::refusal;
use super::register::{Admission, Register};
use super::traffic::Traffic;
use crate::lanes::Lanes;

/// Connections that the system keeps until they are accepted; it has a bound of its own.
const BACKLOG: u32 = 4096;

/// Connections too many that are told so at a time: more are just closed.
const TURNED_AWAY: usize = 16;

/// How long nothing is accepted where nothing can be.
const PAUSE: Duration = Duration::from_millis(20);

/// How often the log is told the same of the accept loop.
const SILENCE: Duration = Duration::from_secs(10);

/// The way in, before it is open.
pub struct Front {
    limits: Limits,
    port: u16,
    grace: Duration,
}

/// Why the service cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    /// The port cannot be had.
    #[error("port {port} cannot be had")]
    Port {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// There are no threads to answer with.
    #[error("no thread can be started")]
    Threads(#[source] io::Error),
    /// Rocket does not start.
    #[error("the service cannot start: {0}")]
    Rocket(String),
}

impl From<rocket::Error> for FrontError {
    /// Reads Rocket's error, which panics if nobody does.
    fn from(error: rocket::Error) -> FrontError {
        FrontError::Rocket(error.kind().to_string())
    }
}

impl Front {
    /// The way in that the settings want.
    pub fn new(settings: &Settings) -> Front {
        Front {
            limits: Limits::new(settings),
            port: settings.app_port,
            grace: Duration::from_secs(settings.grace_seconds().into()),
        }
    }

    /// Answers on `lanes`, of which the first does this, until Rocket is told to stop, and then until all that was asked
    /// is answered.
    pub async fn serve(self, rocket: Rocket<Ignite>, lanes: Lanes) -> Result<(), FrontError> {
        let listener = bind(self.port).map_err(|source| FrontError::Port { port: self.port, source })?;
        let port = listener.local_addr().map_or(self.port, |address| address.port());
        // It lives as long as the program, and so do the answers that borrow from it.
        let client: &'static Client = Box::leak(Box::new(Client::untracked(rocket).await?));
        tracing::info!(port, "listening");
        let register = Register::new(self.limits);
        let traffic = client.rocket().state::<Arc<Traffic>>().cloned().unwrap_or_default();
        let connections = Connections {
            client,
            limits: self.limits,
            traffic,
            turned_away: Arc::new(Semaphore::new(TURNED_AWAY)),
        };
        let mut stop = client.rocket().shutdown();
        let mut told = None;
        loop {
            register.room().await;
            tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, remote)) => welcome(&connections, &lanes, &register, stream, remote),
                    Err(error) => lament(&register, &mut told, &error).await,
                },
            }
        }
        // Who had been let in by the system before it was told to stop.
        while let Some(Ok((stream, remote))) = listener.accept().now_or_never() {
            welcome(&connections, &lanes, &register, stream, remote);
        }
        drop(listener);
        // Until what they had sent is seen.
        sleep(PAUSE).await;
        register.finish_all();
        if !register.wait_for_all(self.grace).await {
            tracing::warn!(seconds = self.grace.as_secs(), "not all that was asked is answered");
        }
        Ok(())
    }
}

fn bind(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::UNSPECIFIED, port).into())?;
    socket.listen(BACKLOG)
}

fn welcome(
    connections: &Connections,
    lanes: &Lanes,
    register: &Arc<Register>,
    stream: TcpStream,
    remote: SocketAddr,
) {
    let traffic = &connections.traffic;
    let (open, displaced) = match register.admit(remote.ip()) {
        Admission::In(open, displaced) => (open, displaced),
        Admission::Full => {
            traffic.refused.add();
            if let Ok(permit) = Arc::clone(&connections.turned_away).try_acquire_owned() {
                tokio::spawn(turn_away(stream, permit));
            }
            return;
        }
    };
    traffic.accepted.add();
    if displaced {
        traffic.displaced.add();
    }
    // Without them a connection is slower, or ends later.
    let _ = stream.set_nodelay(true);
    let _ = set_tcp_user_timeout(&stream, connections.limits.send.as_millis() as u32);
    let entry = Entry { open, traffic: Arc::clone(traffic) };
    let connections = connections.clone();
    lanes.spawn(stream, move |stream| connections.serve(stream, remote, entry));
}

async fn turn_away(mut stream: TcpStream, _permit: OwnedSemaphorePermit) {
    refusal::tell(&mut stream, Status::ServiceUnavailable, "too many connections are open").await;
    refusal::part(stream).await;
}

/// Makes room where there are no more descriptors. A client that has gone already is nobody's fault.
async fn lament(register: &Register, told: &mut Option<Instant>, error: &io::Error) {
    if matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) {
        return;
    }
    if told.is_none_or(|told| told.elapsed() >= SILENCE) {
        *told = Some(Instant::now());
        tracing::warn!(%error, "no connection can be accepted");
    }
    register.make_room();
    sleep(PAUSE).await;
}
