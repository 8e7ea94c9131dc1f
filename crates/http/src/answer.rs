//! Rendering answers: JSON, entity tags, pages and their links.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use spotter_domain::page::Page;
use utoipa::ToSchema;

use crate::call::Call;
use crate::cursor::{self, Cursor};
use crate::etag;
use crate::problem::Problem;

/// What every handler answers.
pub(crate) type Reply = Result<HttpResponse, Problem>;

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct PageBody<T> {
    /// The items, in the list's order.
    pub(crate) items: Vec<T>,
    /// What to ask for the next page with; null on the last page.
    #[schema(required)]
    pub(crate) next_cursor: Option<String>,
}

/// A page of a report: of a list that is about something.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportBody<T, M> {
    /// The items, in the report's order.
    pub(crate) items: Vec<T>,
    /// What to ask for the next page with; null on the last page.
    #[schema(required)]
    pub(crate) next_cursor: Option<String>,
    /// What the report is about.
    pub(crate) meta: M,
}

/// Something that is sent as JSON.
pub(crate) trait Representation: Serialize {
    /// The version of what it represents, which an edit can be guarded by.
    fn version(&self) -> Option<u32> {
        None
    }
}

/// A single resource; 304 without a body when the caller has it.
pub(crate) fn found<T: Representation>(call: &Call, body: &T) -> Reply {
    send(call, HttpResponse::Ok(), body, body.version())
}

/// A resource that was made, and where it is.
pub(crate) fn created<T: Representation>(call: &Call, location: impl Into<String>, body: &T) -> Reply {
    let mut answer = HttpResponse::Created();
    answer.insert_header((header::LOCATION, location.into()));
    send(call, answer, body, body.version())
}

/// A page of `list`.
pub(crate) fn page<T, C: Cursor, B: Serialize>(
    call: &Call,
    list: &str,
    page: Page<T, C>,
    render: impl FnMut(T) -> B,
) -> Reply {
    let (answer, next_cursor) = begin_page(call, list, page.next.as_ref())?;
    let body = PageBody { items: page.items.into_iter().map(render).collect(), next_cursor };
    send(call, answer, &body, None)
}

/// A page of the report `list`.
pub(crate) fn report<T, C: Cursor, B: Serialize, M: Serialize>(
    call: &Call,
    list: &str,
    page: Page<T, C>,
    meta: M,
    render: impl FnMut(T) -> B,
) -> Reply {
    let (answer, next_cursor) = begin_page(call, list, page.next.as_ref())?;
    let body = ReportBody { items: page.items.into_iter().map(render).collect(), next_cursor, meta };
    send(call, answer, &body, None)
}

/// The answer that a page goes into, with the link to the next one and its cursor.
fn begin_page<C: Cursor>(
    call: &Call,
    list: &str,
    next: Option<&C>,
) -> Result<(HttpResponseBuilder, Option<String>), Problem> {
    let mut answer = HttpResponse::Ok();
    let next_cursor = next.map(|next| cursor::encode(list, next)).transpose()?;
    if let Some(cursor) = &next_cursor {
        let link = format!("<{}?{}>; rel=\"next\"", call.path(), call.params()?.with_cursor(cursor));
        answer.insert_header((header::LINK, link));
    }
    Ok((answer, next_cursor))
}

/// Done, and nothing to say about it.
#[expect(clippy::unnecessary_wraps, reason = "it is a handler's last expression, as the others are")]
pub(crate) fn done() -> Reply {
    Ok(HttpResponse::NoContent().finish())
}

fn send<T: Serialize>(call: &Call, mut answer: HttpResponseBuilder, body: &T, version: Option<u32>) -> Reply {
    let body = serde_json::to_vec(body).map_err(|error| Problem::internal(error.to_string()))?;
    let tag = etag::tag(&body, version);
    let known = call.only_reads() && etag::caller_has(call.headers(), &tag);
    answer.insert_header((header::ETAG, tag));
    if known {
        return Ok(answer.status(StatusCode::NOT_MODIFIED).finish());
    }
    answer.insert_header((header::CONTENT_TYPE, "application/json"));
    Ok(answer.body(body))
}
