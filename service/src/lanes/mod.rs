//! The threads that answer: each has a runtime of its own, a lane, and a connection stays where it began.
//!
//! A runtime of several threads hands a request that waits for the database to whichever of them is woken, and wakes
//! another to see whether there is more. Here it stays on its lane.
//!
//! What blocks, as Diesel does, is done aside: mostly on threads that are made for it. To reach one and to come
//! back is two wake-ups, which cost a lone client a fifth of its answer. So if nobody else waits on a lane, and what
//! blocked last was quick, its thread does it by itself, outside of the runtime. Should it take longer than thought,
//! the main thread, which does nothing but watch, has another thread drive the lane.

mod aside;
mod lane;
mod watch;

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use tokio::net::TcpStream;

pub(crate) use self::aside::{aside, elsewhere};
pub(crate) use self::lane::in_hand;
use self::lane::{Counted, Lane};
use self::watch::{Drivers, Watch};

/// How long threads are waited for in the end.
const MERCY: Duration = Duration::from_millis(500);

/// All lanes.
#[derive(Clone)]
pub struct Lanes(Arc<[Arc<Lane>]>);

impl Lanes {
    /// One for each processor that this process may use. Nobody drives them yet.
    pub fn new() -> io::Result<Lanes> {
        let watch = Arc::new(Watch::by_this_thread());
        let lane = |_| Lane::new(Arc::clone(&watch)).map(Arc::new);
        Ok(Lanes((0..thread::available_parallelism()?.get()).map(lane).collect::<io::Result<_>>()?))
    }

    /// Has all lanes driven until `work`, which the first does, is done. This thread, which made them, watches. It
    /// fails where no threads can be had, or where `work` panics.
    pub fn drive<T: Send + 'static>(self, work: impl Future<Output = T> + Send + 'static) -> io::Result<T> {
        let lanes = self.0.to_vec();
        drop(self);
        let (tell, done) = channel();
        let stir = lanes[0].watch.stir_in_the_end();
        lanes[0].runtime.spawn(async move {
            let _stir = stir;
            // Who watches is there until then.
            let _ = tell.send(work.await);
        });
        let mut drivers = Drivers::default();
        let started = lanes.iter().try_for_each(|lane| drivers.start(lane, Lane::drive));
        let done = started.and_then(|()| {
            watch::until(&done, &lanes, &mut drivers).ok_or_else(|| io::Error::other("the way in broke down"))
        });
        lanes.iter().for_each(|lane| lane.end());
        drivers.wait(MERCY);
        // Who still drives or blocks has a hand on its lane, and ends with the process.
        for lane in lanes.into_iter().filter_map(Arc::into_inner) {
            lane.runtime.shutdown_timeout(MERCY);
        }
        done
    }

    /// Has the lane with the fewest connections `serve` one more, which the first has accepted.
    pub(crate) fn spawn<F>(&self, stream: TcpStream, serve: impl FnOnce(TcpStream) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let fewest = self.0.iter().enumerate().min_by_key(|(_, lane)| lane.open.load(Ordering::Relaxed));
        let Some((number, lane)) = fewest else { return };
        let open = Counted::new(&lane.open);
        if number == 0 {
            lane.runtime.spawn(async move {
                let _open = open;
                serve(stream).await;
            });
            return;
        }
        // The socket is told to the lane's own runtime.
        let Ok(stream) = stream.into_std() else { return };
        lane.runtime.spawn(async move {
            let _open = open;
            if let Ok(stream) = TcpStream::from_std(stream) {
                serve(stream).await;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Sender;
    use std::time::Instant;

    use super::*;

    /// Longer than any tick, shorter than a test may wait.
    const LONG: Duration = Duration::from_secs(10);

    /// Runs on the first lane.
    fn on_a_lane<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
        Lanes::new().unwrap().drive(work).unwrap()
    }

    /// The name of the thread on which this is done.
    async fn place() -> String {
        aside(|| thread::current().name().unwrap().to_owned()).await.unwrap()
    }

    /// Until what blocks is done by the lane's own thread: a busy machine may take long for the quickest.
    async fn until_quick() {
        while place().await != "lane" {}
    }

    /// What blocks until it is told to go on.
    fn gate() -> (Sender<()>, impl FnOnce() -> bool) {
        let (open, gate) = channel();
        (open, move || gate.recv_timeout(LONG).is_ok())
    }

    #[test]
    fn a_quick_job_is_done_by_the_thread_of_its_lane() {
        on_a_lane(async {
            assert_eq!(place().await, "aside", "nobody knows yet whether it is quick");
            until_quick().await;
            assert_eq!(elsewhere(|| thread::current().name().unwrap().to_owned()).await.unwrap(), "aside");
            aside(|| thread::sleep(Duration::from_millis(1))).await.unwrap();
            assert_eq!(place().await, "aside", "the last was slow");
        });
    }

    #[test]
    fn while_others_wait_it_is_done_elsewhere() {
        on_a_lane(async {
            let first = in_hand();
            until_quick().await;
            let second = in_hand();
            assert_eq!(place().await, "aside");
            drop(second);
            until_quick().await;
            drop(first);
        });
    }

    #[test]
    fn a_lane_goes_on_while_its_thread_is_held_up() {
        on_a_lane(async {
            until_quick().await;
            let (open, gate) = gate();
            let held_up = tokio::spawn(aside(gate));
            tokio::task::yield_now().await;
            // Nobody else could do this.
            tokio::time::sleep(Duration::from_millis(1)).await;
            assert!(!held_up.is_finished());
            assert_eq!(place().await, "aside", "one is enough");
            open.send(()).unwrap();
            assert_eq!(held_up.await.unwrap(), Some(true));
            until_quick().await;
        });
    }

    #[test]
    fn a_panic_costs_an_outcome_and_no_lane() {
        on_a_lane(async {
            for _ in 0..3 {
                until_quick().await;
                assert_eq!(aside(|| -> u8 { panic!("on purpose") }).await, None);
                assert_eq!(elsewhere(|| -> u8 { panic!("on purpose") }).await, None);
            }
        });
    }

    #[test]
    fn the_end_waits_for_nobody_who_is_held_up() {
        let (open, gate) = gate();
        let start = Instant::now();
        on_a_lane(async {
            until_quick().await;
            drop(tokio::spawn(aside(gate)));
            tokio::time::sleep(Duration::from_millis(1)).await;
        });
        assert!(start.elapsed() < LONG / 2, "{:?}", start.elapsed());
        drop(open);
        let broken = Lanes::new().unwrap().drive(async { panic!("on purpose") });
        assert!(broken.is_err());
    }

    #[test]
    fn the_watch_wakes_for_whoever_leaves() {
        on_a_lane(async {
            until_quick().await;
            // Longer than the watch stays awake without a reason.
            tokio::time::sleep(Duration::from_millis(300)).await;
            let (open, gate) = gate();
            let start = Instant::now();
            let held_up = tokio::spawn(aside(gate));
            tokio::time::sleep(Duration::from_millis(1)).await;
            assert!(start.elapsed() < LONG / 2, "{:?}", start.elapsed());
            drop(open);
            assert_eq!(held_up.await.unwrap(), Some(false));
        });
    }
}
