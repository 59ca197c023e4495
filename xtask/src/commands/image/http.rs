//! As much of HTTP as a check needs: one question, one answer.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde_json::Value;

/// Asks for a path; gives status and body.
pub(super) fn get(address: SocketAddr, path: &str) -> anyhow::Result<(u16, String)> {
    let patience = Duration::from_secs(10);
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no HTTP answer")?;
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    Ok((status, body))
}

/// Asks for JSON.
pub(super) fn json(address: SocketAddr, path: &str) -> anyhow::Result<Value> {
    let (status, body) = get(address, path)?;
    ensure!(status == 200, "{path} answers {status}: {body}");
    serde_json::from_str(&body).with_context(|| format!("{path} answers no JSON: {body}"))
}
