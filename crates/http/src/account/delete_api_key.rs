//! `DELETE /api/v1/me/api-keys/{id}`

use spotter_application::account::DeleteApiKey;
use spotter_application::{Error, ExpectedVersion};

use crate::answer::{Reply, done};
use crate::call::Call;

pub(crate) struct Operation;

/// Delete an API key
///
/// Programs that present it are strangers from now on. A key never changes and has no entity tag, so that
/// `If-Match` can only be `*`.
#[utoipa::path(delete, path = "/api/v1/me/api-keys/{id}", tag = "me", operation_id = "deleteApiKey",
    impl_for = Operation,
    params(("id" = Uuid, Path, description = "The key.")),
    responses((status = 204, description = "It is deleted.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let id = call.id("id", "API key")?;
    if call.expected() != ExpectedVersion::Any {
        return Err(Error::VersionMismatch.into());
    }
    call.spotter().run(&call.context(), &DeleteApiKey { id }).await?;
    done()
}
