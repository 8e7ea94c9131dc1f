//! The application as the server runs it: every route, the middleware, the pages.

use actix_web::App;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data, ServiceConfig};

use crate::middleware::{Guard, exchange, guarded};
use crate::pages;
use crate::problem::Problem;
use crate::route::{Entry, resource};
use crate::routes::table;
use crate::state::HttpState;

/// The whole interface. The server runs it with `HttpServer::new(move || spotter_http::app(&state))`.
pub fn app(
    state: &HttpState,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    let (around, at_the_end) = (state.clone(), state.clone());
    App::new()
        .app_data(Data::new(state.clone()))
        .configure(|config| register(config, state))
        .default_service(web::to(not_found).wrap(from_fn(move |request: ServiceRequest, next: Next<_>| {
            let guard = Guard::of(request.path(), false);
            guarded(at_the_end.clone(), guard, request, next)
        })))
        .wrap(from_fn(move |request: ServiceRequest, next: Next<_>| exchange(around.clone(), request, next)))
}

/// Registers every resource once, with all of its methods.
fn register(config: &mut ServiceConfig, state: &HttpState) {
    let entries = table();
    let mut paths: Vec<&str> = Vec::new();
    for entry in &entries {
        if !paths.contains(&entry.path.as_str()) {
            paths.push(&entry.path);
        }
    }
    for path in paths {
        let routes: Vec<&Entry> = entries.iter().filter(|entry| entry.path == path).collect();
        config.service(resource(state, path, &routes));
    }
    pages::register(config, state);
}

async fn not_found() -> Result<actix_web::HttpResponse, Problem> {
    Err(Problem::of_status(StatusCode::NOT_FOUND))
}
