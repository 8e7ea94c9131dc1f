//! A client: requests as values, so that the same one can be sent again, also to another node.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::Person;

/// How many connections are kept to one node.
const CONNECTIONS: usize = 64;

/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    method: Method,
    path: String,
    token: Option<String>,
    key: Option<String>,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

/// What is sent along.
#[derive(Clone, Debug)]
enum Body {
    None,
    Json(Value),
    /// Sent as it is; shared, since it can be large.
    Text(&'static str, Arc<str>),
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), token: None, key: None, headers: Vec::new(), body: Body::None }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    pub(crate) fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::PATCH, path)
    }

    /// Signed by somebody.
    pub(crate) fn by(self, person: &Person) -> Self {
        self.bearing(&person.token)
    }

    /// With an access token.
    pub(crate) fn bearing(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// With an `Idempotency-Key`.
    pub(crate) fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// With a body.
    pub(crate) fn json(mut self, body: Value) -> Self {
        self.body = Body::Json(body);
        self
    }

    /// With a text of some media type.
    pub(crate) fn text(mut self, media_type: &'static str, body: impl Into<Arc<str>>) -> Self {
        self.body = Body::Text(media_type, body.into());
        self
    }

    /// With another header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// An answer, read to its end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Answer {
    /// The body, if the status is that one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{:#}", self.body);
        self.body
    }

    /// The stable word of a problem.
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// Sends requests over connections that it keeps.
#[derive(Clone, Debug)]
pub(crate) struct Api(reqwest::Client);

impl Api {
    pub(crate) fn new() -> Self {
        let client = reqwest::Client::builder()
            .pool_max_idle_per_host(CONNECTIONS)
            .timeout(PATIENCE)
            .no_proxy()
            .build()
            .unwrap();
        Self(client)
    }

    /// Sends a request to the node at `address`.
    pub(crate) async fn send(&self, address: SocketAddr, call: &Call) -> Result<Answer, reqwest::Error> {
        let mut request = self.0.request(call.method.clone(), format!("http://{address}{}", call.path));
        if let Some(token) = &call.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = &call.key {
            request = request.header("Idempotency-Key", key);
        }
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        request = match &call.body {
            Body::None => request,
            Body::Json(body) => request.json(body),
            Body::Text(media_type, body) => {
                request.header("Content-Type", *media_type).body(body.as_bytes().to_vec())
            }
        };
        let response = request.send().await?;
        let status = response.status();
        let bytes = response.bytes().await?;
        let text = || Value::String(String::from_utf8_lossy(&bytes).into_owned());
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).unwrap_or_else(|_| text())
        };
        Ok(Answer { status, body })
    }
}
