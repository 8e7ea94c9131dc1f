//! `DELETE /api/v1/clubs/{club}/coaching-consent`

use spotter_application::workout::WithdrawCoachingConsent;
use spotter_application::{Error, ExpectedVersion};

use crate::answer::{Reply, done};
use crate::call::Call;
use crate::club::ClubPath;

pub(crate) struct Operation;

/// Withdraw my consent
///
/// The coaches of the club see nothing of the caller's any more. Doing it twice changes nothing. A consent has no
/// version, so that `If-Match` can only be `*`.
#[utoipa::path(delete, path = "/api/v1/clubs/{club}/coaching-consent", tag = "workouts",
    operation_id = "withdrawCoachingConsent",
    impl_for = Operation,
    params(ClubPath),
    responses((status = 204, description = "There is no consent any more.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let club = call.club()?;
    if call.expected() != ExpectedVersion::Any {
        return Err(Error::VersionMismatch.into());
    }
    call.spotter().run(&call.context(), &WithdrawCoachingConsent { club }).await?;
    done()
}
