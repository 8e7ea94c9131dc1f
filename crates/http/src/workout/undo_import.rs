//! `POST /api/v1/imports/{id}/undo`

use spotter_application::workout::UndoImport;

use super::import_bodies::{ImportBody, ImportPath};
use crate::answer::{Reply, found};
use crate::body::EmptyBody;
use crate::call::Call;

pub(crate) struct Operation;

/// Undo an import of mine
///
/// Deletes the workout sessions and templates that it brought, except for those that were edited since, and the
/// exercises that it made and that nothing has any more.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "imports", operation_id = "undoImport",
    impl_for = Operation,
    params(ImportPath),
    responses(
        (status = 200, description = "The import, undone.", body = ImportBody),
        (status = 409, description = "`import_undone`: it was undone before. `import_dry_run`: it was only \
            tried.")))]
pub(crate) async fn handle(call: Call, body: EmptyBody) -> Reply {
    let command = UndoImport { import: call.id("id", "import")? };
    let import = call.spotter().run(&call.posted(&body.0)?, &command).await?;
    found(&call, &ImportBody::new(import))
}
