//! `GET /api/v1/imports/{id}`

use super::import_bodies::{ImportBody, ImportPath};
use crate::answer::{Reply, found};
use crate::call::Call;

pub(crate) struct Operation;

/// An import of mine
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", operation_id = "viewImport",
    impl_for = Operation,
    params(ImportPath),
    responses((status = 200, description = "The import.", body = ImportBody)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let import = call.spotter().import(call.caller, call.id("id", "import")?).await?;
    found(&call, &ImportBody::new(import))
}
