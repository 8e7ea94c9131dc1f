//! `DELETE /api/v1/wearables/whoop`

use spotter_application::wearable::UnlinkWhoop;
use spotter_application::{Error, ExpectedVersion};

use crate::answer::{Reply, done};
use crate::call::Call;

pub(crate) struct Operation;

/// Say that I am no user of WHOOP
///
/// What WHOOP tells is kept no more; what has been kept stays. There are no versions of this, so that
/// `If-Match` can only be `*`.
#[utoipa::path(delete, path = "/api/v1/wearables/whoop", tag = "wearables", operation_id = "unlinkWhoop",
    impl_for = Operation,
    responses((status = 204, description = "The caller is none now.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    if call.expected() != ExpectedVersion::Any {
        return Err(Error::VersionMismatch.into());
    }
    call.spotter().run(&call.context(), &UnlinkWhoop).await?;
    done()
}
