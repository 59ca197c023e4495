//! A bare number, which would only be checked when the program runs.

use infragen::spec::quantity::{Input, Port};

fn listen(port: impl Input<Port>) {
    let _ = port.read();
}

fn main() {
    listen(8080);
}
