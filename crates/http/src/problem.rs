//! What is answered when something can't be done: RFC 9457 problem details.

use std::borrow::Cow;
use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use spotter_application::{Error, FieldError, Refusal};
use spotter_domain::StoreError;
use utoipa::ToSchema;

/// The media type of every answer of status 400 and up.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was not done. The outermost middleware renders it, since it alone knows the trace.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: Cow<'static, str>,
    pub(crate) detail: Cow<'static, str>,
    pub(crate) errors: Box<[FieldError]>,
    pub(crate) retry_after: Option<Duration>,
    /// The methods that would be allowed.
    pub(crate) allow: Option<Box<str>>,
    /// What is told to the log alone.
    pub(crate) cause: Option<Box<str>>,
}

/// A problem as it is sent.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem, description = "Why a request was not done (RFC 9457).")]
pub(crate) struct ProblemBody<'a> {
    /// Names the kind of problem.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/problems/not_found")]
    pub(crate) kind: String,
    /// What the status means.
    pub(crate) title: &'a str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    pub(crate) status: u16,
    /// What is wrong this time.
    pub(crate) detail: &'a str,
    /// A stable word for programs.
    #[schema(pattern = "^[a-z0-9_]+$")]
    pub(crate) code: &'a str,
    /// Names the request's trace, to be quoted to the operators.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    pub(crate) trace_id: String,
    /// Which values are wrong.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) errors: Vec<FieldBody<'a>>,
}

/// One wrong value.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldProblem, description = "A value that is wrong.")]
pub(crate) struct FieldBody<'a> {
    /// A JSON pointer into the body, or the name of a parameter.
    pub(crate) pointer: &'a str,
    /// What would be accepted.
    pub(crate) detail: &'a str,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            detail: detail.into(),
            errors: Box::default(),
            retry_after: None,
            allow: None,
            cause: None,
        }
    }

    /// A body that is not what the document says.
    pub(crate) fn invalid_body(pointer: Option<String>, detail: impl Into<Cow<'static, str>>) -> Self {
        let detail = detail.into();
        let errors = pointer.map(|pointer| FieldError { pointer: pointer.into(), detail: detail.clone() });
        Self {
            errors: errors.into_iter().collect(),
            ..Self::new(StatusCode::BAD_REQUEST, "invalid_body", detail)
        }
    }

    /// A parameter of the query, or a header, that is not what the document says.
    pub(crate) fn invalid_parameter(
        name: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        let field = FieldError { pointer: name.into(), detail: detail.into() };
        let detail = format!("{}: {}", field.pointer, field.detail);
        Self { errors: Box::new([field]), ..Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", detail) }
    }

    /// A cursor that this list did not give.
    pub(crate) fn invalid_cursor() -> Self {
        let problem = Self::invalid_parameter("cursor", "must be a next_cursor of this list");
        Self { code: "invalid_cursor".into(), ..problem }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("there is no such {what}"))
    }

    /// Something is broken here; the cause is for the log.
    pub(crate) fn internal(cause: impl Into<Box<str>>) -> Self {
        let detail = "something went wrong on our side; it has been recorded under this trace";
        let problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", detail);
        Self { cause: Some(cause.into()), ..problem }
    }

    /// Not now, but soon.
    pub(crate) fn unavailable(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail);
        Self { retry_after: Some(Duration::from_secs(1)), ..problem }
    }

    pub(crate) fn too_many(code: &'static str, retry_after: Duration) -> Self {
        let problem =
            Self::new(StatusCode::TOO_MANY_REQUESTS, code, "too many requests: wait before the next one");
        Self { retry_after: Some(retry_after), ..problem }
    }

    /// The same problem of a part of the body: what it names stands below `part`, a JSON pointer.
    pub(crate) fn below(mut self, part: &str) -> Self {
        for error in &mut self.errors {
            error.pointer = format!("{part}{}", error.pointer).into();
        }
        self
    }

    /// What the framework said no to by itself.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => ("not_found", "there is nothing at this address"),
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method_not_allowed", "what is at this address has no such method: see Allow")
            }
            StatusCode::PAYLOAD_TOO_LARGE => ("body_too_large", "the body is too large"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("unsupported_media_type", "the body is of the wrong type"),
            _ if status.is_server_error() => ("internal_error", "something went wrong on our side"),
            _ => ("bad_request", "the request can't be understood"),
        };
        Self::new(status, code, detail)
    }

    /// The answer, under the trace of that name.
    pub(crate) fn render(&self, trace_id: String) -> HttpResponse {
        let errors = self.errors.iter();
        let body = ProblemBody {
            kind: format!("/problems/{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            code: &self.code,
            trace_id,
            errors: errors.map(|e| FieldBody { pointer: &e.pointer, detail: &e.detail }).collect(),
        };
        let mut answer = HttpResponseBuilder::new(self.status);
        answer.insert_header((header::CONTENT_TYPE, MEDIA_TYPE));
        if self.status == StatusCode::UNAUTHORIZED {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(retry_after) = self.retry_after {
            let seconds = retry_after.as_millis().div_ceil(1000).max(1);
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if let Some(allow) = &self.allow {
            answer.insert_header((header::ALLOW, &**allow));
        }
        answer.body(serde_json::to_vec(&body).unwrap_or_default())
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status)
    }
}

fn refusal(status: StatusCode, refusal: Refusal) -> Problem {
    Problem::new(status, refusal.code, refusal.detail)
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::Invalid(errors) => Self {
                errors: errors.into(),
                ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_value", detail)
            },
            Error::Unauthenticated(no) => refusal(StatusCode::UNAUTHORIZED, no),
            Error::Forbidden(no) => refusal(StatusCode::FORBIDDEN, no),
            Error::NotFound(what) => Self::not_found(what),
            Error::Refused(no) => refusal(StatusCode::CONFLICT, no),
            Error::VersionMismatch => Self::new(StatusCode::PRECONDITION_FAILED, "version_mismatch", detail),
            Error::KeyReused => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", detail),
            Error::KeyInFlight => Self::new(StatusCode::CONFLICT, "idempotency_key_in_flight", detail),
            Error::TooMany { retry_after } => Self::too_many("too_many_attempts", retry_after),
            Error::Store(StoreError::Corrupt { .. }) | Error::Internal(_) => Self::internal(detail),
            Error::Store(_) => {
                let problem =
                    Self::unavailable("store_unavailable", "the database can't serve now: try again");
                Self { cause: Some(detail.into()), ..problem }
            }
            Error::Busy(_) => {
                let problem = Self::unavailable("busy", "we have too much to do at this moment: try again");
                Self { cause: Some(detail.into()), ..problem }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(error: Error) -> (u16, String) {
        let problem = Problem::from(error);
        (problem.status.as_u16(), problem.code.into_owned())
    }

    #[test]
    fn every_error_has_its_status_and_code() {
        assert_eq!(of(Error::unauthenticated("x", "y")), (401, "x".into()));
        assert_eq!(of(Error::forbidden("x", "y")), (403, "x".into()));
        assert_eq!(of(Error::NotFound("club")), (404, "not_found".into()));
        assert_eq!(of(Error::refused("x", "y")), (409, "x".into()));
        assert_eq!(of(Error::VersionMismatch), (412, "version_mismatch".into()));
        assert_eq!(of(Error::KeyReused), (422, "idempotency_key_reused".into()));
        assert_eq!(of(Error::KeyInFlight), (409, "idempotency_key_in_flight".into()));
        assert_eq!(of(Error::Busy("x".into())), (503, "busy".into()));
    }

    #[test]
    fn what_is_broken_is_told_to_the_log_alone() {
        let problem = Problem::from(Error::Internal("SELECT 1".into()));
        assert!(!problem.detail.contains("SELECT"));
        assert!(problem.cause.is_some_and(|cause| cause.contains("SELECT")));
        let problem = Problem::from(Error::Store(StoreError::Unavailable("driver text".into())));
        assert_eq!((problem.status.as_u16(), problem.retry_after), (503, Some(Duration::from_secs(1))));
        assert!(!problem.detail.contains("driver"));
    }

    #[test]
    fn retry_after_is_rounded_up() {
        let answer = Problem::too_many("rate_limited", Duration::from_millis(1200)).render("0".repeat(32));
        assert_eq!(answer.headers().get(header::RETRY_AFTER).unwrap(), "2");
        assert_eq!(answer.headers().get(header::CONTENT_TYPE).unwrap(), MEDIA_TYPE);
    }
}
