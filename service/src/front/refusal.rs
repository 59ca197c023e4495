//! What a client is told that never reached Rocket: the same envelope, the same line in the log.

use std::time::{Duration, SystemTime};

use rocket::http::Status;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::error::Problem;
use crate::observe;

/// How long a client may take to read the last that it is told, and to close.
const FAREWELL: Duration = Duration::from_millis(500);

/// Bytes of an unread request that are read before the connection is closed, so that its client sees the answer.
const UNREAD: usize = 256 * 1024;

/// Tells the client `status` and logs it.
pub(super) async fn tell(stream: &mut TcpStream, status: Status, detail: &str) {
    let request_id = observe::new_id();
    observe::unread(&request_id, status);
    let body = Problem::unread(status, detail, &request_id).to_json();
    let retry = if status == Status::ServiceUnavailable { "Retry-After: 1\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: application/problem+json\r\nContent-Length: {}\r\nConnection: close\r\n\
         X-Request-Id: {request_id}\r\n{retry}Date: {}\r\n\r\n{body}",
        status.code,
        status.reason_lossy(),
        body.len(),
        httpdate::fmt_http_date(SystemTime::now()),
    );
    // Whoever does not listen misses it.
    let _ = timeout(FAREWELL, stream.write_all(head.as_bytes())).await;
}

/// Closes the connection so that what was sent arrives: a close with unread bytes would take it back.
pub(super) async fn part(mut stream: TcpStream) {
    let farewell = async {
        stream.shutdown().await?;
        let mut unread = [0; 4096];
        let mut left = UNREAD;
        while left > 0 {
            match stream.read(&mut unread).await? {
                0 => break,
                count => left = left.saturating_sub(count),
            }
        }
        std::io::Result::Ok(())
    };
    let _ = timeout(FAREWELL, farewell).await;
}
