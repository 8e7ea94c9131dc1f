//! `GET /openapi.json`

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header;
use bytes::Bytes;

use crate::answer::Reply;
use crate::call::Call;
use crate::etag;

/// The document and its tag. It is made of literals and always serialises; were it not so, an empty one is
/// what a test of the document would find.
static RENDERED: LazyLock<(Bytes, String)> = LazyLock::new(|| {
    let document = serde_json::to_vec(&crate::openapi()).unwrap_or_default();
    let tag = etag::tag(&document, None);
    (document.into(), tag)
});

pub(crate) struct Operation;

/// This document
#[utoipa::path(get, path = "/openapi.json", tag = "health", operation_id = "document", impl_for = Operation,
    responses((status = 200, description = "The description of this interface.", body = Object,
        content_type = "application/json")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let (document, tag) = &*RENDERED;
    if etag::caller_has(call.headers(), tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag.as_str())).finish());
    }
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ETAG, tag.as_str()))
        .insert_header((header::CONTENT_TYPE, "application/json"));
    Ok(answer.body(document.clone()))
}
