//! A bare literal, which would only be checked when the program runs.

use infragen::spec::quantity::{DnsLabel, Input};

fn namespace(name: impl Input<DnsLabel>) {
    let _ = name.read();
}

fn main() {
    namespace("coworking");
}
