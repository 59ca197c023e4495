//! The threads that answer: each has a runtime of its own, and a connection stays where it began.
//!
//! A runtime of several threads hands a request that waits for the database to whichever of them is woken, and wakes
//! another to see whether there is more: a report cost six wake-ups, and costs four here. What a request may block on
//! is on threads that are made for it, so that a thread here is never away for long.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// How long a lane waits in the end for threads that block.
const MERCY: Duration = Duration::from_millis(500);

/// All lanes. Those that have threads end with it.
pub(super) struct Lanes(Vec<Lane>);

struct Lane {
    runtime: Handle,
    /// Connections that are open there.
    open: Arc<AtomicUsize>,
    /// Dropped, it ends the lane's thread.
    _end: Option<oneshot::Sender<()>>,
}

/// A connection's place on a lane.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Lanes {
    /// One for each processor that this process may use; the first is the runtime that this is called on.
    pub(super) fn open() -> io::Result<Lanes> {
        let mut lanes = vec![Lane { runtime: Handle::current(), open: Arc::default(), _end: None }];
        for number in 1..thread::available_parallelism()?.get() {
            let runtime = Builder::new_current_thread().thread_name("front-blocking").enable_all().build()?;
            let (end, ended) = oneshot::channel::<()>();
            lanes.push(Lane { runtime: runtime.handle().clone(), open: Arc::default(), _end: Some(end) });
            thread::Builder::new().name(format!("front-{number}")).spawn(move || {
                // It is never sent: what ends the wait is that nobody could send it any more.
                let _ = runtime.block_on(ended);
                runtime.shutdown_timeout(MERCY);
            })?;
        }
        Ok(Lanes(lanes))
    }

    /// Has the lane with the fewest connections `serve` one more.
    pub(super) fn spawn<F>(&self, stream: TcpStream, serve: impl FnOnce(TcpStream) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let fewest = self.0.iter().enumerate().min_by_key(|(_, lane)| lane.open.load(Ordering::Relaxed));
        let Some((number, lane)) = fewest else { return };
        lane.open.fetch_add(1, Ordering::Relaxed);
        let place = Place(Arc::clone(&lane.open));
        if number == 0 {
            lane.runtime.spawn(async move {
                let _place = place;
                serve(stream).await;
            });
            return;
        }
        // The socket is told to the lane's own runtime.
        let Ok(stream) = stream.into_std() else { return };
        lane.runtime.spawn(async move {
            let _place = place;
            if let Ok(stream) = TcpStream::from_std(stream) {
                serve(stream).await;
            }
        });
    }
}
