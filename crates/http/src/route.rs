//! One route: its handler, its document and who may use it, in one place.

use std::rc::Rc;

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::guard::{Any, Get, Head, Method as IsMethod};
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{FromRequest, Handler, Resource, Responder, Route, web};
use utoipa::__dev::{SchemaReferences, Tags};
use utoipa::openapi::path::{HttpMethod, Operation, ParameterIn};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, RefOr};

use crate::middleware::{Guard, admit, guarded};
use crate::problem::Problem;
use crate::state::HttpState;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Coaches of the club and up. The use case asks; the gate asks for a sign-in.
    Coach,
    /// Managers of the club and up. The use case asks; the gate asks for a sign-in.
    Manager,
    /// Operators of the installation.
    Operator,
}

impl Access {
    /// The word that stands in the document.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn => "signed_in",
            Self::Coach => "coach",
            Self::Manager => "manager",
            Self::Operator => "operator",
        }
    }
}

/// A route of the table.
pub(crate) struct Entry {
    pub(crate) method: HttpMethod,
    pub(crate) path: String,
    pub(crate) access: Access,
    /// What the document says of it.
    pub(crate) operation: Operation,
    /// The schemas that the operation refers to.
    pub(crate) schemas: Vec<(String, RefOr<Schema>)>,
    handler: fn() -> Route,
}

impl Entry {
    /// The route whose document is `D`.
    pub(crate) fn new<D>(_: D, access: Access, handler: fn() -> Route) -> Self
    where
        D: utoipa::Path + SchemaReferences + for<'t> Tags<'t>,
    {
        let mut operation = D::operation();
        operation.tags = Some(D::tags().into_iter().map(str::to_owned).collect());
        let mut schemas = Vec::new();
        D::schemas(&mut schemas);
        let method = D::methods().into_iter().next().unwrap_or(HttpMethod::Get);
        Self { method, path: D::path(), access, operation, schemas, handler }
    }

    /// The method as HTTP calls it.
    pub(crate) fn http_method(&self) -> Method {
        match self.method {
            HttpMethod::Post => Method::POST,
            HttpMethod::Put => Method::PUT,
            HttpMethod::Delete => Method::DELETE,
            HttpMethod::Patch => Method::PATCH,
            HttpMethod::Options => Method::OPTIONS,
            HttpMethod::Head => Method::HEAD,
            HttpMethod::Trace => Method::TRACE,
            HttpMethod::Get => Method::GET,
        }
    }

    /// The names of the query parameters that the document knows.
    fn query_parameters(&self) -> Rc<[String]> {
        let parameters = self.operation.parameters.iter().flatten();
        parameters
            .filter_map(|parameter| match parameter {
                RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => {
                    Some(parameter.name.clone())
                }
                _ => None,
            })
            .collect()
    }

    fn route(&self, state: &HttpState) -> Route {
        let (state, access, parameters) = (state.clone(), self.access, self.query_parameters());
        let route = (self.handler)().wrap(from_fn(move |request: ServiceRequest, next: Next<_>| {
            admit(state.clone(), access, Rc::clone(&parameters), request, next)
        }));
        match self.http_method() {
            // RFC 9110, 9.1: whoever answers GET answers HEAD.
            Method::GET => route.guard(Any(Get()).or(Head())),
            method => route.guard(IsMethod(method)),
        }
    }
}

/// A route that leads to `handler`.
pub(crate) fn to<F, Args>(handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::route().to(handler)
}

/// The resource at `path` with all of its routes.
pub(crate) fn resource(
    state: &HttpState,
    path: &str,
    routes: &[&Entry],
) -> Resource<
    impl actix_web::dev::ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    let mut allow: Vec<&str> = Vec::new();
    let mut resource = web::resource(path.to_owned());
    for entry in routes {
        resource = resource.route(entry.route(state));
        allow.extend(match entry.method {
            HttpMethod::Get => vec!["GET", "HEAD"],
            HttpMethod::Post => vec!["POST"],
            HttpMethod::Put => vec!["PUT"],
            HttpMethod::Delete => vec!["DELETE"],
            _ => vec!["PATCH"],
        });
    }
    let allow: Box<str> = allow.join(", ").into();
    let guard = Guard::of(path, routes.iter().any(|entry| entry.access != Access::Public));
    let state = state.clone();
    resource
        .default_service(web::to(move || {
            let allow = Some(allow.clone());
            async move {
                let problem = Problem::of_status(actix_web::http::StatusCode::METHOD_NOT_ALLOWED);
                Err::<actix_web::HttpResponse, _>(Problem { allow, ..problem })
            }
        }))
        .wrap(from_fn(move |request: ServiceRequest, next: Next<_>| {
            guarded(state.clone(), guard, request, next)
        }))
}

/// Adds what the table says to the document.
pub(crate) fn describe(document: &mut OpenApi, entries: Vec<Entry>) {
    for entry in entries {
        document.paths.add_path_operation(entry.path, vec![entry.method], entry.operation);
        let components = document.components.get_or_insert_default();
        components.schemas.extend(entry.schemas);
    }
}
