//! Who asks, how often they may, and whether they may ask this at all.

use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use futures_util::FutureExt;
use spotter_application::Caller;

use super::limits::Limited;
use crate::call::address_of;
use crate::params::Params;
use crate::problem::Problem;
use crate::route::Access;
use crate::state::HttpState;

/// Who presented good credentials with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedIn(pub(crate) Caller);

type Answer = Result<ServiceResponse<BoxBody>, actix_web::Error>;

/// What is asked of whoever comes to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Nothing: probes and readers of pages are not asked who they are.
    Open,
    /// Who they are.
    Identified,
    /// Who they are, and not to come too often.
    Counted,
}

impl Guard {
    /// The guard of what is at `path`; some of it may be for those who are signed in.
    pub(crate) fn of(path: &str, signed_in: bool) -> Self {
        match (path.starts_with("/api/"), signed_in) {
            (true, _) => Self::Counted,
            (false, true) => Self::Identified,
            (false, false) => Self::Open,
        }
    }
}

/// Stands around every resource, and around what answers for resources that are not there: finds out who
/// asks, counts the request, and turns a panic into a problem.
pub(crate) async fn guarded(
    state: HttpState,
    guard: Guard,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Answer {
    let bare = request.request().clone();
    let work = AssertUnwindSafe(async {
        if guard != Guard::Open
            && let Err(problem) = identify(&state, guard, request.request()).await
        {
            return Ok(refuse(request.request().clone(), problem));
        }
        next.call(request).await
    });
    match work.catch_unwind().await {
        Ok(answer) => answer,
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            Ok(refuse(bare, Problem::internal(format!("a handler panicked: {text}"))))
        }
    }
}

/// Notes who asks. Credentials that are no good are counted against the address before they are refused.
async fn identify(state: &HttpState, guard: Guard, request: &HttpRequest) -> Result<(), Problem> {
    let identity = authenticate(state, request).await;
    let caller = identity.as_ref().map_or(Caller::Anonymous, |caller| *caller);
    request.extensions_mut().insert(SignedIn(caller));
    if guard == Guard::Identified {
        return identity.map(|_| ());
    }
    let address = address_of(request, &state.settings);
    if let Some(limited) = Limited::count(state, caller, address).await {
        request.extensions_mut().insert(limited);
        if let Some(refusal) = limited.refusal() {
            return Err(refusal);
        }
    }
    identity.map(|_| ())
}

async fn authenticate(state: &HttpState, request: &HttpRequest) -> Result<Caller, Problem> {
    let Some(header) = request.headers().get(header::AUTHORIZATION) else { return Ok(Caller::Anonymous) };
    let credentials = header.to_str().unwrap_or_default();
    let bearer = match credentials.split_once(' ') {
        Some((scheme, bearer)) if scheme.eq_ignore_ascii_case("bearer") => bearer.trim(),
        _ => {
            let detail = "credentials are presented as a bearer token";
            return Err(spotter_application::Error::unauthenticated("invalid_token", detail).into());
        }
    };
    Ok(state.spotter.authenticate(bearer).await?)
}

/// Stands before one route: lets in whoever may, with no parameters but those that it documents.
pub(crate) async fn admit(
    state: HttpState,
    access: Access,
    parameters: Rc<[String]>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Answer {
    if let Err(problem) = may_enter(&state, access, &parameters, request.request()).await {
        return Ok(refuse(request.request().clone(), problem));
    }
    next.call(request).await
}

async fn may_enter(
    state: &HttpState,
    access: Access,
    parameters: &[String],
    request: &HttpRequest,
) -> Result<(), Problem> {
    let caller = request.extensions().get::<SignedIn>().map_or(Caller::Anonymous, |signed| signed.0);
    match access {
        Access::Public => {}
        Access::SignedIn | Access::Coach | Access::Manager => {
            caller.account()?;
        }
        Access::Operator => state.spotter.require_operator(caller).await?,
    }
    Params::of(request)?.only(parameters)
}

fn refuse(request: HttpRequest, problem: Problem) -> ServiceResponse<BoxBody> {
    ServiceResponse::new(request, HttpResponse::from_error(problem))
}
