//! An answer, read to its end.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    /// The body as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// Sends a request and reads what comes back.
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap();
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes)
                .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()))
        };
        Self { status, headers, body, bytes: bytes.to_vec() }
    }

    /// The same answer, if it has that status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }

    /// The same answer, if it is a problem of that status and code.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.text("code")), (status, code), "{:#}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        self
    }

    /// A text of the body.
    #[track_caller]
    pub(crate) fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_else(|| panic!("no text {field} in {:#}", self.body))
    }

    /// A header, or the empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// How many statements it took.
    #[track_caller]
    pub(crate) fn statements(&self) -> u64 {
        let timing = self.header("server-timing");
        let (_, rest) =
            timing.split_once("sql;desc=\"").unwrap_or_else(|| panic!("no statements in {timing:?}"));
        rest.split_once('"').unwrap().0.parse().unwrap()
    }

    /// The body with every identifier and token replaced by what it is, so that a snapshot of it stays true.
    pub(crate) fn redacted(&self) -> Value {
        redact("", &self.body)
    }
}

fn redact(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), redact(name, value))).collect()
        }
        Value::Array(items) => items.iter().map(|item| redact(name, item)).collect(),
        Value::String(text) if is_uuid(text) => Value::from("[id]"),
        Value::String(_)
            if matches!(name, "access_token" | "refresh_token" | "key" | "next_cursor" | "trace_id") =>
        {
            Value::from(format!("[{name}]"))
        }
        other => other.clone(),
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_hexdigit(),
        })
}
