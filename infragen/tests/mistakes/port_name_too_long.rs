//! A port name of more than 15 characters.

fn main() {
    let _ = infragen::port_name!("http-with-a-long-name");
}
