//! A client's socket, which knows what may take how long.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use rocket::http::Status;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use super::limits::Limits;
use super::register::{Open, Phase};

/// A client's socket. A client that is too slow fails its next read or write.
pub(super) struct Socket {
    pub(super) stream: TcpStream,
    open: Arc<Open>,
    limits: Limits,
    /// When the phase began.
    since: Instant,
    /// Whether there has been a request.
    has_asked: bool,
    /// Whether the first line of the head has come to its end.
    has_line: bool,
    /// Bytes sent since the client was first seen to lag.
    lagging: Option<u64>,
    /// It is armed for the earliest deadline that was seen, and looks at the deadline of the time when it fires: most
    /// requests never touch it.
    timer: Option<Pin<Box<Sleep>>>,
    /// Why no more is read or written.
    pub(super) fault: Option<Fault>,
}

/// Why a connection is ended by us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No request came.
    Idle {
        /// Whether there had been one before.
        has_asked: bool,
    },
    /// Half of a head came.
    Head,
    /// An answer was not taken.
    Send,
    /// What came is no request, as hyper says by this status.
    Unreadable(Status),
}

impl Socket {
    pub(super) fn new(stream: TcpStream, open: Arc<Open>, limits: Limits) -> Socket {
        Socket {
            stream,
            open,
            limits,
            since: Instant::now(),
            has_asked: false,
            has_line: false,
            lagging: None,
            timer: None,
            fault: None,
        }
    }

    fn enter(&mut self, phase: Phase) {
        self.since = Instant::now();
        self.open.enter(phase, self.since);
    }

    /// Fails once the phase has lasted too long.
    fn poll_deadline(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let (allowed, fault) = match self.open.phase() {
            Phase::Waiting if self.has_asked => (self.limits.idle, Fault::Idle { has_asked: true }),
            Phase::Waiting => (self.limits.head, Fault::Idle { has_asked: false }),
            Phase::Head => (self.limits.head, Fault::Head),
            // Who answers has bounds of its own.
            Phase::Answering => return Poll::Pending,
            Phase::Lagging => (self.limits.sending(self.lagging.unwrap_or(0)), Fault::Send),
        };
        let deadline = tokio::time::Instant::from_std(self.since + allowed);
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        if deadline < timer.deadline() {
            timer.as_mut().reset(deadline);
        }
        while timer.as_mut().poll(cx).is_ready() {
            if tokio::time::Instant::now() >= deadline {
                self.fault = Some(fault);
                return Poll::Ready(io::ErrorKind::TimedOut.into());
            }
            timer.as_mut().reset(deadline);
        }
        Poll::Pending
    }

    /// Notes that bytes came.
    fn note_read(&mut self, bytes: &[u8]) {
        match self.open.phase() {
            Phase::Waiting => {
                self.enter(Phase::Head);
                self.has_line = bytes.contains(&b'\n');
            }
            Phase::Head if !self.has_line => self.has_line = bytes.contains(&b'\n'),
            Phase::Head | Phase::Answering | Phase::Lagging => {}
        }
    }

    /// What hyper writes while no request is in hand is its own refusal of what it could not read: an empty answer, in
    /// whose place ours is sent later.
    fn swallow(&mut self, bytes: &[u8]) -> bool {
        if matches!(self.open.phase(), Phase::Answering | Phase::Lagging) {
            return false;
        }
        let status = bytes.get(9..12).and_then(|code| std::str::from_utf8(code).ok()?.parse().ok());
        let status = match status.map_or(Status::BadRequest, Status::new) {
            // Before the end of the line, it is the path that is too long.
            Status::RequestHeaderFieldsTooLarge if !self.has_line => Status::UriTooLong,
            status => status,
        };
        self.fault.get_or_insert(Fault::Unreadable(status));
        true
    }

    /// Notes that so many bytes went out, or that the client takes none.
    fn note_written(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(count)) => {
                self.lagging = self.lagging.map(|sent| sent + count as u64);
                written
            }
            Poll::Ready(Err(_)) => written,
            Poll::Pending => {
                if self.open.phase() != Phase::Lagging {
                    self.lagging = Some(0);
                    self.enter(Phase::Lagging);
                }
                self.poll_deadline(cx).map(Err)
            }
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(cx, buffer) {
            Poll::Ready(Ok(())) => {
                let new = &buffer.filled()[before..];
                if !new.is_empty() {
                    this.note_read(new);
                }
                Poll::Ready(Ok(()))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => this.poll_deadline(cx).map(Err),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.swallow(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.note_written(cx, written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if slices.first().is_some_and(|first| this.swallow(first)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let written = Pin::new(&mut this.stream).poll_write_vectored(cx, slices);
        this.note_written(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_flush(cx))?;
        if this.open.answered.swap(false, Ordering::Relaxed) {
            this.has_asked = true;
            this.lagging = None;
            this.enter(Phase::Waiting);
        }
        Poll::Ready(Ok(()))
    }

    /// The connection's task does that, once it knows whether there is something left to say.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
