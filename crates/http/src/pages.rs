//! Pages for people: the document as something to read and try. They need no network.

use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::guard::{Any, Get, Head};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use utoipa_swagger_ui::Config;

use crate::answer::Reply;
use crate::middleware::{Guard, guarded};
use crate::problem::Problem;
use crate::state::HttpState;

/// Registers the pages. They are no part of the interface, so the document does not list them.
pub(crate) fn register(config: &mut ServiceConfig, state: &HttpState) {
    let page = |path: &str, route: actix_web::Route| {
        let state = state.clone();
        web::resource(path.to_owned())
            .route(route.guard(Any(Get()).or(Head())))
            .default_service(web::to(|| async {
                let allow = Some("GET, HEAD".into());
                let problem = Problem::of_status(StatusCode::METHOD_NOT_ALLOWED);
                Err::<HttpResponse, _>(Problem { allow, ..problem })
            }))
            .wrap(from_fn(move |request: ServiceRequest, next: Next<_>| {
                guarded(state.clone(), Guard::Open, request, next)
            }))
    };
    config.service(page("/", web::route().to(root)));
    config.service(page("/docs", web::route().to(docs)));
    config.service(page("/docs/{file:.*}", web::route().to(docs)));
}

async fn root() -> HttpResponse {
    HttpResponse::Found().insert_header((header::LOCATION, "/docs")).finish()
}

async fn docs(request: HttpRequest) -> Reply {
    let file = request.match_info().get("file").unwrap_or_default();
    let is_index = matches!(file, "" | "index.html");
    let config = Config::from("/openapi.json").validator_url("none");
    let page = utoipa_swagger_ui::serve(if is_index { "index.html" } else { file }, Arc::new(config))
        .map_err(|error| Problem::internal(error.to_string()))?
        .ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))?;
    let mut bytes = page.bytes.into_owned();
    if is_index {
        // The page names its files relative to itself; the base makes that work without a slash at the end.
        let html = String::from_utf8_lossy(&bytes);
        bytes = html.replacen("<head>", "<head><base href=\"/docs/\">", 1).into_bytes();
    }
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, page.content_type)).body(bytes))
}
