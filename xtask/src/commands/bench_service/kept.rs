//! A connection that is kept: what is timed is the answer alone.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::contestant::Running;

/// A connection to a running program.
pub(super) struct Kept {
    stream: BufReader<TcpStream>,
}

impl Kept {
    /// Connects.
    pub(super) fn open(running: &Running) -> anyhow::Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, running.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// The body of a good answer, and the time from the question to its last byte.
    pub(super) fn get(&mut self, path: &str) -> anyhow::Result<(Duration, Vec<u8>)> {
        let question = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        let start = Instant::now();
        self.stream.get_mut().write_all(question.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            ensure!(self.stream.read_line(&mut head)? > 0, "{path}: the connection ended");
        }
        let mut body = vec![0; length(&head).with_context(|| format!("{path}: no length in:\n{head}"))?];
        self.stream.read_exact(&mut body)?;
        let time = start.elapsed();
        ensure!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}{}", String::from_utf8_lossy(&body));
        Ok((time, body))
    }
}

fn length(head: &str) -> Option<usize> {
    let headers = head.lines().filter_map(|line| line.split_once(':'));
    let mut lengths = headers.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths.next()?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn the_length_of_an_answer_is_found() {
        assert_eq!(length("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n"), Some(12));
        assert_eq!(length("HTTP/1.1 200 OK\r\nDate: today\r\n\r\n"), None);
    }
}
