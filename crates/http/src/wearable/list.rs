//! `GET /api/v1/wearables/records`

use serde::Deserialize;
use spotter_domain::wearable::WearableKind;
use utoipa::IntoParams;

use super::bodies::RecordBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;
use crate::words;

const LIST: &str = "wearable-records";

/// Which records are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Filter {
    /// Those of this kind.
    #[param(required = false, schema_with = words::wearable_kind)]
    kind: String,
}

pub(crate) struct Operation;

/// What my wearable recorded
///
/// Latest first.
#[utoipa::path(get, path = "/api/v1/wearables/records", tag = "wearables",
    operation_id = "listWearableRecords",
    impl_for = Operation,
    params(Filter, PageParams),
    responses((status = 200, description = "A page of records.", body = PageBody<RecordBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let params = call.params()?;
    let kind = params.read("kind", WearableKind::parse)?;
    let records = call.spotter().wearable_records(call.caller, kind, params.page(LIST)?).await?;
    page(&call, LIST, records, RecordBody::new)
}
