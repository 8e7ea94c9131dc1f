//! `GET /api/v1/wearables/records/{id}`

use super::bodies::{RecordBody, RecordPath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// A record of my wearable
#[utoipa::path(get, path = "/api/v1/wearables/records/{id}", tag = "wearables",
    operation_id = "viewWearableRecord",
    impl_for = Operation,
    params(RecordPath),
    responses((status = 200, description = "The record.", body = RecordBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let id = call.id("id", "wearable record")?;
    let record = call.spotter().wearable_record(call.caller, id).await?;
    found(&call, &RecordBody::new(record))
}
