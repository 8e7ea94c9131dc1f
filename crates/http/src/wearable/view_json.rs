//! `GET /api/v1/wearables/records/{id}/raw`

use actix_web::HttpResponse;
use actix_web::http::header;

use super::bodies::RecordPath;
use crate::answer::Reply;
use crate::call::Call;
use crate::etag;

pub(crate) struct Operation;

/// A record as my wearable's maker told it
///
/// The JSON that came, byte for byte.
#[utoipa::path(get, path = "/api/v1/wearables/records/{id}/raw", tag = "wearables",
    operation_id = "viewWearableJson",
    impl_for = Operation,
    params(RecordPath),
    responses((status = 200, description = "The JSON.", body = Object, content_type = "application/json")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let id = call.id("id", "wearable record")?;
    let json = call.spotter().wearable_json(call.caller, id).await?;
    let tag = etag::tag(&json, None);
    if etag::caller_has(call.headers(), &tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, tag)).insert_header((header::CONTENT_TYPE, "application/json"));
    Ok(answer.body(json))
}
