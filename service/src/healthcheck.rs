//! Asks a running service how it is: for images that hold no other program.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use service_settings::HEALTH_PATH;

const PATIENCE: Duration = Duration::from_secs(2);

/// Asks the service at `port` of this machine. An error tells why it is not well.
pub fn healthcheck(port: u16) -> io::Result<()> {
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET {HEALTH_PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut status = [0; 12];
    stream.read_exact(&mut status)?;
    if status.starts_with(b"HTTP/1.1 200") { Ok(()) } else { Err(io::Error::other("the answer is not 200")) }
}
