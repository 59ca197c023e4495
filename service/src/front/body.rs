//! An answer of Rocket's, as hyper sends it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use hyper::body::{Body, Frame};
use rocket::local::asynchronous::LocalResponse;
use tokio_util::io::poll_read_buf;

use super::register::Open;

/// Bytes that are read from Rocket at once.
const CHUNK: usize = 64 * 1024;

/// The body of an answer. When it is dropped, the answer has been handed over.
pub(super) struct Answer {
    response: LocalResponse<'static>,
    /// Bytes that are left, if that is known.
    left: Option<usize>,
    buffer: BytesMut,
    open: Arc<Open>,
}

impl Answer {
    pub(super) fn new(response: LocalResponse<'static>, open: Arc<Open>) -> Answer {
        let left = response.body().preset_size();
        Answer { response, left, buffer: BytesMut::new(), open }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        this.buffer.reserve(this.left.map_or(CHUNK, |left| left.clamp(1, CHUNK)));
        let count = ready!(poll_read_buf(Pin::new(&mut this.response), cx, &mut this.buffer))?;
        if count == 0 {
            return Poll::Ready(None);
        }
        this.left = this.left.map(|left| left.saturating_sub(count));
        Poll::Ready(Some(Ok(Frame::data(this.buffer.split().freeze()))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == Some(0)
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.open.answered.store(true, Ordering::Relaxed);
    }
}
