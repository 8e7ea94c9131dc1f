//! `POST /api/v1/wearables/cycles`

use super::bodies::RecordBody;
use super::record::record;
use super::shapes::Cycle;
use crate::answer::Reply;
use crate::body::JsonBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Keep a physiological day
///
/// Its strain is read once it has been scored. A later `updated_at` replaces an earlier version; the same or
/// an earlier one changes nothing.
#[utoipa::path(post, path = "/api/v1/wearables/cycles", tag = "wearables", operation_id = "recordCycle",
    impl_for = Operation,
    request_body = Cycle,
    responses(
        (status = 201, description = "The record is kept.", body = RecordBody),
        (status = 200, description = "It was there before: the record as it is kept now.", body = RecordBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Cycle>) -> Reply {
    record(&call, body).await
}
