//! Reading request bodies: bounded, of the right type, strictly as documented.

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::fields::Object;
use crate::problem::Problem;

/// The largest body: 1 MiB.
pub(crate) const MOST_BYTES: usize = 1 << 20;
const TOO_LARGE: &str = "the body must not be larger than 1 MiB";

/// A body of JSON, with its bytes.
pub(crate) struct JsonBody<T> {
    pub(crate) value: T,
    pub(crate) bytes: Bytes,
}

/// As [`JsonBody`], where no body at all, or null, stands for an empty object.
pub(crate) struct OptionalJsonBody<T>(pub(crate) JsonBody<T>);

/// The bytes of a body of JSON, for whoever has to look at them before they are read.
pub(crate) struct JsonBytes(pub(crate) Bytes);

/// No body, or an empty object.
pub(crate) struct EmptyBody(pub(crate) Bytes);

impl<T: DeserializeOwned + 'static> FromRequest for JsonBody<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            require_json(&request)?;
            let bytes = read(&request, payload).await?;
            Ok(Self { value: parse(&bytes)?, bytes })
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for OptionalJsonBody<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(&request, payload).await?;
            if bytes.is_empty() {
                return Ok(Self(JsonBody { value: T::default(), bytes }));
            }
            require_json(&request)?;
            let value = if bytes.trim_ascii() == b"null" { T::default() } else { parse(&bytes)? };
            Ok(Self(JsonBody { value, bytes }))
        })
    }
}

impl FromRequest for JsonBytes {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            require_json(&request)?;
            Ok(Self(read(&request, payload).await?))
        })
    }
}

impl FromRequest for EmptyBody {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = read(&request, payload).await?;
            match bytes.trim_ascii() {
                b"" | b"{}" => Ok(Self(bytes)),
                _ => Err(Problem::invalid_body(None, "this takes no body")),
            }
        })
    }
}

fn require_json(request: &HttpRequest) -> Result<(), Problem> {
    let value = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let media_type = value(header::CONTENT_TYPE).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"));
    let is_plain =
        value(header::CONTENT_ENCODING).is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
    if is_json && is_plain {
        return Ok(());
    }
    let detail = "the body must be application/json without a content coding";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail))
}

async fn read(request: &HttpRequest, mut payload: Payload) -> Result<Bytes, Problem> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    if length > MOST_BYTES {
        return Err(too_large(TOO_LARGE));
    }
    let mut body = BytesMut::with_capacity(length);
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::invalid_body(None, "the body ended before its end"))?;
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(too_large(TOO_LARGE));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// A body, or a part of one, that is larger than it may be.
pub(crate) fn too_large(detail: &'static str) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
}

/// Reads a body of JSON that may have been read as bytes before.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize::<_, Object<T>>(&mut deserializer).map_err(|error| {
        let (path, error) = (error.path().clone(), error.into_inner());
        if error.classify() == serde_json::error::Category::Data {
            let text = error.to_string();
            let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
            Problem::invalid_body(Some(pointer(&path, text)), text.to_owned())
        } else {
            malformed(&error)
        }
    })?;
    deserializer.end().map_err(|error| malformed(&error))?;
    Ok(value.0)
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::invalid_body(None, format!("the body is not JSON: {error}"))
}

/// The JSON pointer (RFC 6901) of what an error is about. The path leads to an unknown field, but only to the
/// object of a missing or repeated one, which the message names.
fn pointer(path: &Path, message: &str) -> String {
    let mut pointer = String::new();
    let mut push = |segment: &str| {
        pointer.push('/');
        pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
    };
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&index.to_string()),
            Segment::Map { key } => push(key),
            Segment::Enum { variant } => push(variant),
            Segment::Unknown => {}
        }
    }
    let kinds = ["missing field `", "duplicate field `"];
    let named = kinds.iter().find_map(|kind| message.strip_prefix(kind));
    if let Some(field) = named.and_then(|rest| rest.split('`').next()) {
        push(field);
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Outer {
        number: u8,
        inner: Option<Object<Inner>>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Inner {
        word: String,
    }

    fn fault(json: &str) -> Option<String> {
        let problem = parse::<Outer>(json.as_bytes()).unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.code.as_ref()), (400, "invalid_body"));
        problem.errors.first().map(|error| error.pointer.to_string())
    }

    #[test]
    fn the_field_that_is_wrong_is_named() {
        assert_eq!(fault("{\"number\":1,\"x/y\":2}").as_deref(), Some("/x~1y"));
        assert_eq!(fault("{}").as_deref(), Some("/number"));
        assert_eq!(fault("{\"number\":\"1\"}").as_deref(), Some("/number"));
        assert_eq!(fault("{\"number\":1,\"number\":1}").as_deref(), Some("/number"));
        assert_eq!(fault("{\"number\":1,\"inner\":{\"other\":1}}").as_deref(), Some("/inner/other"));
        assert_eq!(fault("{\"number\":1,\"inner\":{}}").as_deref(), Some("/inner/word"));
        assert_eq!(fault("{\"number\":1,\"inner\":[\"a\"]}").as_deref(), Some("/inner"));
        assert_eq!(fault("[1]").as_deref(), Some(""));
    }

    #[test]
    fn what_is_not_json_has_no_pointer() {
        for json in ["", "{", "{\"number\":1} x", "\u{feff}{}", "nul"] {
            assert_eq!(fault(json), None, "{json}");
        }
    }
}
