//! Connections that are being opened, for the end of the process to wait for.
//!
//! r2d2 opens connections on threads of its own, and `exit` tears OpenSSL down under them: whoever is within it then
//! ends the process by a signal, after all was well.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use diesel::ConnectionError;
use diesel::r2d2::{ConnectionManager, Error, ManageConnection, R2D2Connection};

/// A connection that takes longer waits for the network, and not within OpenSSL.
const PATIENCE: Duration = Duration::from_millis(500);

static OPENING: Opening =
    Opening { state: Mutex::new(State { count: 0, is_over: false }), changed: Condvar::new() };

struct Opening {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// How many are being opened.
    count: usize,
    /// Whether no more may be.
    is_over: bool,
}

/// Waits until no connection is being opened, for half a second at most; none is opened from then on.
pub fn settle() {
    let mut state = OPENING.state.lock().unwrap_or_else(PoisonError::into_inner);
    state.is_over = true;
    let waited = OPENING.changed.wait_timeout_while(state, PATIENCE, |state| state.count > 0);
    drop(waited);
}

/// Diesel's manager, but what it opens is counted.
#[derive(Debug)]
pub(super) struct Manager<C>(ConnectionManager<C>);

impl<C: R2D2Connection + 'static> Manager<C> {
    /// A manager of connections to the database at `url`.
    pub(super) fn new(url: &str) -> Manager<C> {
        Manager(ConnectionManager::new(url))
    }
}

impl<C: R2D2Connection + Send + 'static> ManageConnection for Manager<C> {
    type Connection = C;
    type Error = Error;

    fn connect(&self) -> Result<C, Error> {
        let Some(_opening) = Turn::take() else {
            return Err(Error::ConnectionError(ConnectionError::BadConnection(
                "the process ends".to_owned(),
            )));
        };
        self.0.connect()
    }

    fn is_valid(&self, connection: &mut C) -> Result<(), Error> {
        self.0.is_valid(connection)
    }

    fn has_broken(&self, connection: &mut C) -> bool {
        self.0.has_broken(connection)
    }
}

/// One connection that is being opened.
struct Turn;

impl Turn {
    fn take() -> Option<Turn> {
        let mut state = OPENING.state.lock().unwrap_or_else(PoisonError::into_inner);
        (!state.is_over).then(|| {
            state.count += 1;
            Turn
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        OPENING.state.lock().unwrap_or_else(PoisonError::into_inner).count -= 1;
        OPENING.changed.notify_all();
    }
}
