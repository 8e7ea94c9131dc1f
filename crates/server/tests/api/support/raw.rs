//! Requests byte by byte, for what no well-behaved client sends.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use super::TestApp;

/// What came back, as far as it came.
#[derive(Debug)]
pub(crate) struct RawAnswer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Value,
}

impl RawAnswer {
    /// A header, or the empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut values =
            lines.filter(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim());
        values.next().unwrap_or_default()
    }
}

/// Sends `request`, which ought to ask for the connection to be closed, and reads until it is.
pub(crate) async fn send(app: &TestApp, request: impl Into<Vec<u8>>) -> RawAnswer {
    let (address, request) = (app.address, request.into());
    let answer = tokio::task::spawn_blocking(move || exchange(address, &request)).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    RawAnswer {
        status: status.unwrap_or_else(|| panic!("no status: {head:?}")),
        head: head.to_owned(),
        body: serde_json::from_str(body).unwrap_or_else(|_| Value::from(body)),
    }
}

/// Sends `request`, and leaves it to the test what becomes of the connection.
pub(crate) fn begin(app: &TestApp, request: impl Into<Vec<u8>>) -> TcpStream {
    let mut stream = TcpStream::connect(app.address).unwrap();
    stream.write_all(&request.into()).unwrap();
    stream
}

/// A server that has heard enough may close before it has read everything: that is no failure here.
fn exchange(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let _cut_short = stream.write_all(request);
    let mut answer = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut chunk) {
        answer.extend_from_slice(&chunk[..read]);
    }
    answer
}
