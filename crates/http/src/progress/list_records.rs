//! `GET /api/v1/progress/records`

use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::bodies::RecordBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::fields::identifier;
use crate::params::PageParams;

const LIST: &str = "records";

/// Which records are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameter's description; it is read by name")]
pub(crate) struct Filter {
    /// Those of this exercise.
    #[param(required = false)]
    exercise_id: Uuid,
}

pub(crate) struct Operation;

/// My records
///
/// By exercise, kind and load. Records are compared only within one exercise and one kind of load.
#[utoipa::path(get, path = "/api/v1/progress/records", tag = "progress", operation_id = "listRecords",
    impl_for = Operation,
    params(Filter, PageParams),
    responses(
        (status = 200, description = "A page of records.", body = PageBody<RecordBody>),
        (status = 404, description = "The caller can use no exercise of that `exercise_id`.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let params = call.params()?;
    let exercise = params.read("exercise_id", identifier)?;
    let records = call.spotter().records(call.caller, exercise, params.page(LIST)?).await?;
    page(&call, LIST, records, |shown| RecordBody::new(&shown))
}
