//! The open connections: how many, whose, and which has waited longest.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rocket::futures::task::AtomicWaker;
use tokio::sync::Notify;

use super::limits::Limits;

/// Connections beyond the limit that may be open while those that they displace end.
const OVERLAP: usize = 16;

/// How long newcomers wait for them.
const ROOM: Duration = Duration::from_millis(200);

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Waiting for a request.
    Waiting,
    /// Reading the head of one.
    Head,
    /// Answering it.
    Answering,
    /// Answering it to a client that does not take the answer.
    Lagging,
}

/// What a connection is told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Order {
    /// Go on.
    None,
    /// Finish the request in hand, and end.
    Finish,
    /// End.
    End,
}

/// An open connection, as its task and the register share it.
pub(super) struct Open {
    id: u64,
    pub(super) address: IpAddr,
    start: Instant,
    phase: AtomicU8,
    /// When the phase began, in milliseconds since `start`.
    since: AtomicU64,
    order: AtomicU8,
    /// Its task, which looks at the order.
    pub(super) task: AtomicWaker,
    /// Whether the answer has been handed to hyper, to its end.
    pub(super) answered: AtomicBool,
    register: Arc<Register>,
}

/// The open connections.
pub(super) struct Register {
    start: Instant,
    limits: Limits,
    book: Mutex<Book>,
    /// Told of each connection that ends.
    pub(super) ended: Notify,
}

#[derive(Default)]
struct Book {
    next: u64,
    open: HashMap<u64, Arc<Open>>,
    of_address: HashMap<IpAddr, usize>,
}

/// What became of a newcomer.
pub(super) enum Admission {
    /// It is in, and whether another was told to make room.
    In(Arc<Open>, bool),
    /// There is no room: everybody else is being answered.
    Full,
}

impl Register {
    pub(super) fn new(limits: Limits) -> Arc<Register> {
        let book = Mutex::default();
        Arc::new(Register { start: Instant::now(), limits, book, ended: Notify::new() })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a connection from `address`.
    pub(super) fn admit(self: &Arc<Register>, address: IpAddr) -> Admission {
        let mut book = self.book();
        let theirs = book.of_address.get(&address).copied().unwrap_or(0);
        let full = book.open.len() >= self.limits.connections;
        let their_fill = self.limits.per_address.is_some_and(|limit| theirs >= limit);
        if full || their_fill {
            let overlap = theirs >= self.limits.per_address.map_or(usize::MAX, |limit| limit + OVERLAP);
            if overlap || book.open.len() >= self.limits.connections + OVERLAP {
                return Admission::Full;
            }
            let Some(longest) = book.longest_waiting(their_fill.then_some(address)) else {
                return Admission::Full;
            };
            longest.tell(Order::End);
        }
        let open = Arc::new(Open {
            id: book.next,
            address,
            start: self.start,
            phase: AtomicU8::new(Phase::Waiting as u8),
            since: AtomicU64::new(self.start.elapsed().as_millis() as u64),
            order: AtomicU8::new(Order::None as u8),
            task: AtomicWaker::new(),
            answered: AtomicBool::new(false),
            register: Arc::clone(self),
        });
        book.next += 1;
        *book.of_address.entry(address).or_insert(0) += 1;
        book.open.insert(open.id, Arc::clone(&open));
        Admission::In(open, full || their_fill)
    }

    /// Waits for those that were told to make room, for a moment: who comes meanwhile waits in the system's queue.
    pub(super) async fn room(&self) {
        while self.book().open.len() >= self.limits.connections + OVERLAP {
            if tokio::time::timeout(ROOM, self.ended.notified()).await.is_err() {
                break;
            }
        }
    }

    /// Closes the connection that has waited longest, if there is one.
    pub(super) fn make_room(&self) -> bool {
        let longest = self.book().longest_waiting(None).cloned();
        longest.inspect(|open| open.tell(Order::End)).is_some()
    }

    /// Tells all connections to finish what they have in hand.
    pub(super) fn finish_all(&self) {
        self.book().open.values().for_each(|open| open.tell(Order::Finish));
    }

    /// Waits until no connection is open, for so long.
    pub(super) async fn wait_for_all(&self, patience: Duration) -> bool {
        let all = async {
            loop {
                let ended = self.ended.notified();
                if self.book().open.is_empty() {
                    break;
                }
                ended.await;
            }
        };
        tokio::time::timeout(patience, all).await.is_ok()
    }
}

impl Book {
    fn longest_waiting(&self, of: Option<IpAddr>) -> Option<&Arc<Open>> {
        let waits = |open: &&Arc<Open>| {
            open.phase() != Phase::Answering
                && open.order() != Order::End
                && of.is_none_or(|address| open.address == address)
        };
        self.open.values().filter(waits).min_by_key(|open| (open.since.load(Ordering::Relaxed), open.id))
    }
}

impl Open {
    pub(super) fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Relaxed) {
            0 => Phase::Waiting,
            1 => Phase::Head,
            2 => Phase::Answering,
            _ => Phase::Lagging,
        }
    }

    pub(super) fn enter(&self, phase: Phase, now: Instant) {
        self.since.store((now - self.start).as_millis() as u64, Ordering::Relaxed);
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    pub(super) fn order(&self) -> Order {
        match self.order.load(Ordering::Acquire) {
            0 => Order::None,
            1 => Order::Finish,
            _ => Order::End,
        }
    }

    fn tell(&self, order: Order) {
        self.order.store(order as u8, Ordering::Release);
        self.task.wake();
    }

    /// Strikes the connection out.
    pub(super) fn leave(&self) {
        let mut book = self.register.book();
        book.open.remove(&self.id);
        if let Some(count) = book.of_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                book.of_address.remove(&self.address);
            }
        }
        drop(book);
        self.register.ended.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use service_settings::Settings;

    use super::*;

    fn register(connections: u32, per_address: u32) -> Arc<Register> {
        let settings = Settings {
            max_connections: connections,
            max_connections_per_address: per_address,
            ..Settings::default()
        };
        Register::new(Limits::new(&settings))
    }

    fn admit(register: &Arc<Register>, host: u8) -> Option<(Arc<Open>, bool)> {
        match register.admit(Ipv4Addr::new(10, 0, 0, host).into()) {
            Admission::In(open, displaced) => Some((open, displaced)),
            Admission::Full => None,
        }
    }

    #[test]
    fn a_newcomer_displaces_who_has_waited_longest() {
        let register = register(3, 0);
        let [first, second, third] = [1, 2, 3].map(|host| admit(&register, host).unwrap().0);
        let now = Instant::now();
        first.enter(Phase::Answering, now);
        second.enter(Phase::Head, now + Duration::from_millis(20));
        third.enter(Phase::Waiting, now + Duration::from_millis(10));
        assert!(admit(&register, 4).unwrap().1);
        assert_eq!(
            [&first, &second, &third].map(|open| open.order()),
            [Order::None, Order::None, Order::End]
        );
    }

    #[test]
    fn who_is_being_answered_is_not_displaced() {
        let register = register(2, 0);
        let all = [1, 2].map(|host| admit(&register, host).unwrap().0);
        all.iter().for_each(|open| open.enter(Phase::Answering, Instant::now()));
        assert!(admit(&register, 3).is_none());
        all[0].enter(Phase::Lagging, Instant::now());
        assert!(admit(&register, 3).unwrap().1);
        assert_eq!(all[0].order(), Order::End);
    }

    #[test]
    fn one_address_displaces_its_own() {
        let register = register(10, 1);
        let other = admit(&register, 1).unwrap().0;
        let first = admit(&register, 2).unwrap().0;
        let (second, displaced) = admit(&register, 2).unwrap();
        assert!(displaced);
        assert_eq!(
            [&other, &first, &second].map(|open| open.order()),
            [Order::None, Order::End, Order::None]
        );
    }

    #[test]
    fn nothing_is_kept_of_who_left() {
        let register = register(1, 1);
        for _ in 0..3 {
            let (open, displaced) = admit(&register, 1).unwrap();
            assert!(!displaced);
            open.leave();
        }
        assert!(register.book().of_address.is_empty());
    }
}
