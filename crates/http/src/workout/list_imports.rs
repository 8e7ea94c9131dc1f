//! `GET /api/v1/imports`

use super::import_bodies::ImportBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::params::PageParams;

const LIST: &str = "imports";

pub(crate) struct Operation;

/// My imports
///
/// Latest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", operation_id = "listImports",
    impl_for = Operation,
    params(PageParams),
    responses((status = 200, description = "A page of imports.", body = PageBody<ImportBody>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let imports = call.spotter().imports(call.caller, call.params()?.page(LIST)?).await?;
    page(&call, LIST, imports, ImportBody::new)
}
