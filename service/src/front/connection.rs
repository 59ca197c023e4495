//! One connection, from its first byte to its last.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use hyper::server::conn::http1::Builder;
use hyper_util::rt::TokioIo;
use rocket::http::Status;
use rocket::local::asynchronous::Client;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use super::dispatch::Dispatch;
use super::limits::{HEAD_BYTES, Limits};
use super::refusal;
use super::register::{Open, Order, Phase};
use super::socket::{Fault, Socket};
use super::traffic::Traffic;

/// What all connections share.
#[derive(Clone)]
pub(super) struct Connections {
    pub(super) client: &'static Client,
    pub(super) limits: Limits,
    pub(super) traffic: Arc<Traffic>,
    /// Those that may be turned away with an answer at a time.
    pub(super) turned_away: Arc<Semaphore>,
}

/// Struck out of the register when its task ends, however it ends.
pub(super) struct Entry {
    pub(super) open: Arc<Open>,
    pub(super) traffic: Arc<Traffic>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.open.leave();
        self.traffic.ended.add();
    }
}

impl Connections {
    /// Answers what comes from `stream`.
    pub(super) async fn serve(self, stream: TcpStream, remote: SocketAddr, entry: Entry) {
        let open = Arc::clone(&entry.open);
        let dispatch =
            Dispatch { client: self.client, open: Arc::clone(&open), remote, patience: self.limits.head };
        let socket = TokioIo::new(Socket::new(stream, Arc::clone(&open), self.limits));
        let mut http = Builder::new()
            // Ours knows more.
            .header_read_timeout(None)
            // Who has said all may still listen.
            .half_close(true)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(socket, dispatch);
        let mut finishing = false;
        // Why it ended is what the socket says; hyper's words add nothing to it.
        poll_fn(|cx| {
            open.task.register(cx.waker());
            let order = open.order();
            if order == Order::Finish && !finishing {
                finishing = true;
                Pin::new(&mut http).graceful_shutdown();
            }
            let polled = Pin::new(&mut http).poll(cx).map(drop);
            match order {
                Order::End => Poll::Ready(()),
                Order::Finish if matches!(open.phase(), Phase::Waiting | Phase::Head) => Poll::Ready(()),
                Order::Finish | Order::None => polled,
            }
        })
        .await;
        let socket = http.into_parts().io.into_inner();
        let fault = socket.fault;
        // Who is displaced makes room at once.
        if open.order() != Order::End {
            self.part(socket.stream, fault).await;
        }
    }

    async fn part(&self, mut stream: TcpStream, fault: Option<Fault>) {
        let traffic = &self.traffic;
        match fault {
            Some(Fault::Idle { has_asked: true }) => traffic.idle_timeouts.add(),
            Some(Fault::Idle { has_asked: false }) => traffic.head_timeouts.add(),
            // What it does not take it would not take now.
            Some(Fault::Send) => return traffic.send_timeouts.add(),
            Some(Fault::Head) => {
                traffic.head_timeouts.add();
                refusal::tell(&mut stream, Status::RequestTimeout, "the request did not come in time").await;
            }
            Some(Fault::Unreadable(status)) => {
                traffic.unreadable.add();
                refusal::tell(&mut stream, status, detail(status)).await;
            }
            None => {}
        }
        refusal::part(stream).await;
    }
}

fn detail(status: Status) -> &'static str {
    match status.code {
        414 => "the path is too long",
        431 => "the fields are too many or too long",
        _ => "this is no request that can be read",
    }
}
