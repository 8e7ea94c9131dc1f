//! One request as a handler sees it: who asks, from where, under which conditions.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use spotter_application::{Caller, ExpectedVersion, IdempotentRequest, RequestContext, Spotter};
use spotter_domain::Timestamp;
use spotter_domain::club::Slug;
use spotter_domain::idempotency::IdempotencyKey;
use uuid::Uuid;

use crate::etag;
use crate::middleware::{Conversation, SignedIn};
use crate::params::Params;
use crate::problem::Problem;
use crate::state::{HttpSettings, HttpState};

/// The header under which a POST may be sent again.
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A request that has passed the gate.
pub(crate) struct Call {
    pub(crate) state: Data<HttpState>,
    pub(crate) caller: Caller,
    request: HttpRequest,
}

impl FromRequest for Call {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<SignedIn>().map_or(Caller::Anonymous, |signed| signed.0);
        let state = request.app_data::<Data<HttpState>>().cloned();
        ready(match state {
            Some(state) => Ok(Self { state, caller, request: request.clone() }),
            None => Err(Problem::internal("the application has no state")),
        })
    }
}

impl Call {
    /// The application.
    pub(crate) fn spotter(&self) -> &Spotter {
        &self.state.spotter
    }

    /// The present instant.
    pub(crate) fn now(&self) -> Timestamp {
        self.spotter().ports().clock.now()
    }

    /// The headers of the request.
    pub(crate) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Whether the request only reads.
    pub(crate) fn only_reads(&self) -> bool {
        self.request.method().is_safe()
    }

    /// The path, as it was sent.
    pub(crate) fn path(&self) -> &str {
        self.request.path()
    }

    /// The query parameters.
    pub(crate) fn params(&self) -> Result<Params, Problem> {
        Params::of(&self.request)
    }

    /// An identifier in the path. What can't be one names nothing.
    pub(crate) fn id<T: From<Uuid>>(&self, name: &str, what: &str) -> Result<T, Problem> {
        let text = self.request.match_info().get(name).unwrap_or_default();
        Uuid::try_parse(text).map(T::from).map_err(|_| Problem::not_found(what))
    }

    /// The club in the path.
    pub(crate) fn club(&self) -> Result<Slug, Problem> {
        let text = self.request.match_info().get("club").unwrap_or_default();
        Slug::parse(text).map_err(|_| Problem::not_found("club"))
    }

    /// What `If-Match` says.
    pub(crate) fn expected(&self) -> ExpectedVersion {
        etag::expected(self.headers())
    }

    /// The context of a command that can't be sent again under a key.
    pub(crate) fn context(&self) -> RequestContext {
        let conversation = self.request.extensions().get::<Conversation>().cloned();
        RequestContext {
            caller: self.caller,
            address: address_of(&self.request, &self.state.settings),
            idempotency: None,
            trace_context: conversation.map(|conversation| conversation.trace.to_string()),
        }
    }

    /// The context of a command that was sent with `body`, under its key if it has one.
    pub(crate) fn posted(&self, body: &[u8]) -> Result<RequestContext, Problem> {
        let mut keys = self.headers().get_all(IDEMPOTENCY_KEY);
        let Some(key) = keys.next() else { return Ok(self.context()) };
        let refused = |detail| Problem::invalid_parameter("Idempotency-Key", detail);
        if keys.next().is_some() {
            return Err(refused("must not be given twice".into()));
        }
        let key =
            IdempotencyKey::parse(key.to_str().unwrap_or_default()).map_err(|invalid| refused(invalid.0))?;
        let request = &self.request;
        let head = format!("{} {}?{}\n", request.method(), request.path(), request.query_string());
        let content = [head.as_bytes(), body].concat();
        Ok(RequestContext { idempotency: Some(IdempotentRequest { key, content }), ..self.context() })
    }
}

/// Where a request comes from: the last address that a trusted proxy noted, or else the peer's.
pub(crate) fn address_of(request: &HttpRequest, settings: &HttpSettings) -> Option<IpAddr> {
    let forwarded = || {
        let list = request.headers().get_all(FORWARDED_FOR).last()?.to_str().ok()?;
        list.rsplit(',').next()?.trim().parse().ok()
    };
    let trusted = if settings.trust_forwarded_for { forwarded() } else { None };
    trusted.or_else(|| request.peer_addr().map(|peer| peer.ip()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_forwarded_address_is_believed_only_when_told_so() {
        let request = TestRequest::default()
            .peer_addr("192.0.2.1:1000".parse().unwrap())
            .insert_header(("x-forwarded-for", "203.0.113.9, 198.51.100.7"))
            .to_http_request();
        let address = |trust| {
            let settings = HttpSettings { trust_forwarded_for: trust, ..HttpSettings::default() };
            address_of(&request, &settings).unwrap().to_string()
        };
        assert_eq!(address(false), "192.0.2.1");
        assert_eq!(address(true), "198.51.100.7");
    }
}
