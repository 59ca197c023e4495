//! A network that can freeze: connections stay open, and nothing comes through.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// A way to a server. It ends with the tests.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    closed: Mutex<bool>,
    changed: Condvar,
}

impl Proxy {
    /// A way to the server at `port`.
    pub(crate) fn to(port: u16) -> Proxy {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let gate = Arc::new(Gate::default());
        let proxy = Proxy { port: listener.local_addr().unwrap().port(), gate: Arc::clone(&gate) };
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
                let (back, forth) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                for (from, to) in [(client, server), (back, forth)] {
                    let gate = Arc::clone(&gate);
                    thread::spawn(move || gate.copy(from, to));
                }
            }
        });
        proxy
    }

    /// Lets nothing through, or everything again.
    pub(crate) fn freeze(&self, frozen: bool) {
        *self.gate.closed.lock().unwrap() = frozen;
        self.gate.changed.notify_all();
    }
}

impl Gate {
    fn copy(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            drop(self.changed.wait_while(self.closed.lock().unwrap(), |closed| *closed).unwrap());
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
        }
        // The other side may be gone already.
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    }
}
