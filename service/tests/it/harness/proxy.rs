//! A network that fails: it freezes, cuts, refuses, or is slow.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// A way to a server. It ends with the tests.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    frozen: bool,
    refuses: bool,
    delay: Duration,
    /// Both ends of what is open, and of some that are not any more.
    open: Vec<TcpStream>,
}

impl Proxy {
    /// A way to the server at `port`.
    pub(crate) fn to(port: u16) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let gate = Arc::new(Gate::default());
        let proxy = Proxy { port: listener.local_addr().unwrap().port(), gate: Arc::clone(&gate) };
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // Whoever is not let in finds the connection closed.
                if gate.state.lock().unwrap().refuses {
                    continue;
                }
                let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { continue };
                let ends = [&client, &server].map(|end| end.try_clone().unwrap());
                gate.state.lock().unwrap().open.extend(ends);
                let (back, forth) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                for (from, to) in [(client, server), (back, forth)] {
                    let gate = Arc::clone(&gate);
                    thread::spawn(move || gate.copy(from, to));
                }
            }
        });
        proxy
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.gate.state.lock().unwrap());
        self.gate.changed.notify_all();
    }

    /// Lets nothing through, or everything again.
    pub(crate) fn freeze(&self, frozen: bool) {
        self.change(|state| state.frozen = frozen);
    }

    /// Closes all that is open.
    pub(crate) fn cut(&self) {
        self.change(|state| {
            for end in state.open.drain(..) {
                // It may be closed already.
                let _ = end.shutdown(Shutdown::Both);
            }
        });
    }

    /// Lets nobody in, or everybody again.
    pub(crate) fn refuse(&self, refuses: bool) {
        self.change(|state| state.refuses = refuses);
    }

    /// Lets each piece wait for so long.
    pub(crate) fn slow(&self, delay: Duration) {
        self.change(|state| state.delay = delay);
    }
}

impl Gate {
    fn copy(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let state = self.changed.wait_while(self.state.lock().unwrap(), |state| state.frozen).unwrap();
            let delay = state.delay;
            drop(state);
            thread::sleep(delay);
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
        }
        // The other side may be gone already.
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    }
}
