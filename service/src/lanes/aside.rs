//! Where what blocks is done.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

use super::lane::{Lane, Pace};

/// What blocks; it gives back how its outcome is told.
pub(super) type Job = Box<dyn FnOnce() -> Told + Send>;

pub(super) type Told = Box<dyn FnOnce() + Send>;

/// Does `work`, which blocks, by this lane's own thread or on one that is made for it. `None` if it panicked. It is done
/// even if nobody waits for it any more.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (tell, done) = oneshot::channel();
    let job: Job = Box::new(move || {
        let done = work();
        Box::new(move || {
            // Nobody may be there to hear it.
            let _ = tell.send(done);
        })
    });
    match Lane::here() {
        Some(lane) => lane.take_on(job),
        None => start(job, None),
    }
    done.await.ok()
}

/// The same, on a thread that is made for it: for what is known to take its time.
pub(crate) async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    spawn_blocking(work).await.ok()
}

/// Has `job` done on a thread that is made for it, and tells `pace` how long it took.
pub(super) fn start(job: Job, pace: Option<&Arc<Pace>>) {
    let pace = pace.cloned();
    drop(spawn_blocking(move || {
        let start = Instant::now();
        let told = job();
        if let Some(pace) = pace {
            pace.took(start.elapsed());
        }
        told();
    }));
}
