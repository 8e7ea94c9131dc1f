//! A lean HTTP client: hyper on one connection, without a pool, redirects, cookies or encodings.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue};
use hyper::{HeaderMap, Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A request, as often as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    method: Method,
    path: String,
    authorization: Option<HeaderValue>,
    content_type: &'static str,
    body: Bytes,
}

impl Call {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        let path = path.into();
        Self { method: Method::GET, path, authorization: None, content_type: "", body: Bytes::new() }
    }

    pub(crate) fn post(path: impl Into<String>, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { method: Method::POST, content_type, body: body.into(), ..Self::get(path) }
    }

    pub(crate) fn post_json(path: impl Into<String>, body: &Value) -> Self {
        Self::post(path, "application/json", body.to_string())
    }

    /// Signed by the bearer of that token.
    pub(crate) fn by(self, token: &str) -> Self {
        self.signed(authorization(token))
    }

    /// Signed with a header that is made already.
    pub(crate) fn signed(self, authorization: Option<HeaderValue>) -> Self {
        Self { authorization, ..self }
    }
}

/// The header of the bearer of a token. A token that fits in no header is left out, and refused as such.
pub(crate) fn authorization(token: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("Bearer {token}")).ok()
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The body, if the status is that one.
    ///
    /// # Errors
    ///
    /// When it is another, or the body is no JSON.
    pub(crate) fn expect(&self, status: u16) -> anyhow::Result<Value> {
        if self.status.as_u16() != status {
            bail!("{} instead of {status}: {}", self.status, String::from_utf8_lossy(&self.body));
        }
        serde_json::from_slice(&self.body).context("an answer is no JSON")
    }
}

/// One connection to the server.
#[derive(Debug)]
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: HeaderValue,
    connection: JoinHandle<()>,
}

impl Drop for Client {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl Client {
    /// # Errors
    ///
    /// When nobody listens there.
    pub(crate) async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // What it ends with is what the next request fails with.
        let connection = tokio::spawn(async move { drop(connection.await) });
        Ok(Self { sender, host: HeaderValue::try_from(address.to_string())?, connection })
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub(crate) async fn send(&mut self, call: &Call) -> anyhow::Result<Answer> {
        let mut request =
            Request::builder().method(call.method.clone()).uri(&call.path).header(HOST, &self.host);
        if let Some(authorization) = &call.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if !call.content_type.is_empty() {
            request = request.header(CONTENT_TYPE, call.content_type);
        }
        let request = request.body(Full::new(call.body.clone()))?;
        let answered = async {
            self.sender.ready().await?;
            let (head, body) = self.sender.send_request(request).await?.into_parts();
            let body = body.collect().await?.to_bytes();
            anyhow::Ok(Answer { status: head.status, headers: head.headers, body })
        };
        let answer = tokio::time::timeout(PATIENCE, answered).await;
        let answer = answer.with_context(|| format!("{} {}: no answer", call.method, call.path))?;
        answer.with_context(|| format!("{} {}", call.method, call.path))
    }

    /// Sends a request and takes its body, if the status is that one.
    ///
    /// # Errors
    ///
    /// When it is another, or there is no answer.
    pub(crate) async fn expect(&mut self, status: u16, call: &Call) -> anyhow::Result<Value> {
        let answer = self.send(call).await?;
        answer.expect(status).with_context(|| format!("{} {}", call.method, call.path))
    }

    /// All items of a list, page by page.
    ///
    /// # Errors
    ///
    /// When a page is not to be had.
    pub(crate) async fn list(&mut self, path: &str, token: &str) -> anyhow::Result<Vec<Value>> {
        let separator = if path.contains('?') { '&' } else { '?' };
        let (mut items, mut cursor) = (Vec::new(), None);
        loop {
            let after = cursor.map_or_else(String::new, |cursor: String| format!("&cursor={cursor}"));
            let page = format!("{path}{separator}limit=200{after}");
            let mut page = self.expect(200, &Call::get(page).by(token)).await?;
            match page["items"].take() {
                Value::Array(more) => items.extend(more),
                other => bail!("{path}: the items are {other}"),
            }
            match page["next_cursor"].take() {
                Value::String(next) => cursor = Some(next),
                _ => return Ok(items),
            }
        }
    }
}
