//! One question for all who ask it at the same time.
//!
//! Whoever asks boards the flight that has not left yet, so that the database is asked after everybody
//! aboard came: no answer is older than the request that it answers. Whoever comes later takes the next
//! flight. It leaves when the one before is back, or has been away for a while.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::StoreError;

/// How long a flight waits for the one before. A slow database is asked by several at once, as many as it
/// has connections for us.
const HEADWAY: Duration = Duration::from_millis(20);

type Landing<T> = watch::Receiver<Option<Result<T, StoreError>>>;

/// The flights of one question.
pub(super) struct Flights<T> {
    field: Arc<Mutex<Field<T>>>,
}

struct Field<T> {
    /// The flight that has not left.
    boarding: Option<(u64, Landing<T>)>,
    /// The last that was opened, left or not.
    last: Option<Landing<T>>,
    count: u64,
}

/// The door of a flight. Whoever asks the database closes it first; dropped, it is closed.
pub(super) struct Door<T> {
    field: Arc<Mutex<Field<T>>>,
    number: u64,
}

impl<T> Door<T> {
    /// Lets nobody else aboard: from here on the database may be asked.
    pub(super) fn close(&self) {
        let mut field = lock(&self.field);
        if field.boarding.as_ref().is_some_and(|(number, _)| *number == self.number) {
            field.boarding = None;
        }
    }
}

impl<T> Drop for Door<T> {
    fn drop(&mut self) {
        self.close();
    }
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    /// None yet.
    pub(super) fn new() -> Flights<T> {
        Flights { field: Arc::new(Mutex::new(Field { boarding: None, last: None, count: 0 })) }
    }

    /// The answer of a question that is asked after this call began, within `bound`. If nobody is about to
    /// ask it, `ask` does; it goes on when its caller is gone.
    pub(super) async fn join<F>(
        &self,
        bound: Duration,
        ask: impl FnOnce(Door<T>) -> F,
    ) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let mut landing = self.board(ask);
        match timeout(bound, landing.wait_for(Option::is_some)).await {
            Ok(Ok(answer)) => answer.clone().unwrap_or(Err(StoreError::Abandoned)),
            Ok(Err(_)) => Err(StoreError::Abandoned),
            Err(_) => Err(StoreError::TimedOut),
        }
    }

    fn board<F>(&self, ask: impl FnOnce(Door<T>) -> F) -> Landing<T>
    where
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let mut field = lock(&self.field);
        if let Some((_, landing)) = &field.boarding {
            return landing.clone();
        }
        let (land, landing) = watch::channel(None);
        field.count += 1;
        let number = field.count;
        field.boarding = Some((number, landing.clone()));
        let before = field.last.replace(landing.clone());
        drop(field);
        let flight = ask(Door { field: Arc::clone(&self.field), number });
        tokio::spawn(async move {
            if let Some(mut before) = before {
                // Back, gone, or late: it is our turn.
                let _ = timeout(HEADWAY, before.wait_for(Option::is_some)).await;
            }
            land.send_replace(Some(flight.await));
        });
        landing
    }
}

fn lock<T>(field: &Mutex<Field<T>>) -> MutexGuard<'_, Field<T>> {
    field.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use tokio::sync::Semaphore;
    use tokio::task::JoinSet;

    use super::*;

    const BOUND: Duration = Duration::from_secs(10);

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap()
    }

    /// What is true grows all the time. An answer must not be smaller than what was true when it was asked
    /// for, and there must be fewer flights than passengers.
    #[test]
    fn no_answer_is_older_than_its_request() {
        let truth = Arc::new(AtomicU64::new(0));
        let asked = Arc::new(AtomicU64::new(0));
        let flights = Arc::new(Flights::new());
        runtime().block_on(async {
            let mut passengers = JoinSet::new();
            for _ in 0..64 {
                let (truth, asked, flights) = (Arc::clone(&truth), Arc::clone(&asked), Arc::clone(&flights));
                passengers.spawn(async move {
                    for _ in 0..500 {
                        let least = truth.fetch_add(1, Ordering::SeqCst) + 1;
                        let (truth, asked) = (Arc::clone(&truth), Arc::clone(&asked));
                        let ask = |door: Door<u64>| async move {
                            tokio::task::yield_now().await;
                            door.close();
                            asked.fetch_add(1, Ordering::SeqCst);
                            let seen = truth.load(Ordering::SeqCst);
                            tokio::task::yield_now().await;
                            Ok(seen)
                        };
                        let seen = flights.join(BOUND, ask).await.unwrap();
                        assert!(seen >= least, "{seen} {least}");
                    }
                });
            }
            while let Some(passenger) = passengers.join_next().await {
                passenger.unwrap();
            }
        });
        assert!(asked.load(Ordering::SeqCst) < 64 * 500, "{asked:?}");
    }

    #[test]
    fn all_aboard_share_one_answer_and_one_error() {
        let flights = Flights::<u64>::new();
        let gate = Arc::new(Semaphore::new(0));
        runtime().block_on(async {
            let ask = |door: Door<u64>| {
                let gate = Arc::clone(&gate);
                async move {
                    let _open = gate.acquire().await;
                    door.close();
                    Err(StoreError::Busy)
                }
            };
            let all = async { tokio::join!(flights.join(BOUND, ask), flights.join(BOUND, ask)) };
            let (first, second) = tokio::join!(all, async { gate.add_permits(1) }).0;
            assert!(matches!((first, second), (Err(StoreError::Busy), Err(StoreError::Busy))));
        });
        assert_eq!(lock(&flights.field).count, 1);
    }

    #[test]
    fn nobody_waits_longer_than_the_bound_or_for_the_dead() {
        let flights = Flights::<u64>::new();
        runtime().block_on(async {
            let never = |_door: Door<u64>| std::future::pending();
            let answer = flights.join(Duration::from_millis(30), never).await;
            assert!(matches!(answer, Err(StoreError::TimedOut)));
        });
        let flights = Flights::<u64>::new();
        runtime().block_on(async {
            let dies = |_door: Door<u64>| async { panic!("on purpose") };
            assert!(matches!(flights.join(BOUND, dies).await, Err(StoreError::Abandoned)));
            let lives = |_door: Door<u64>| async { Ok(1) };
            assert_eq!(flights.join(BOUND, lives).await.unwrap(), 1);
        });
    }
}
