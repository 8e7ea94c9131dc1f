//! Registering for events, leaving them, and coming to them.

mod attendance;
mod cancel;
mod ledger;
mod queue;
mod register;
mod view_registrations;

pub use attendance::RecordAttendance;
pub use cancel::Cancel;
pub(crate) use ledger::Ledger;
pub use register::Register;
pub use view_registrations::WhenWanted;

use spotter_domain::registration::{Registration, RegistrationStatus, RegistrationView};

use crate::{Error, Work};

/// A registration as its owner sees it, read in the unit of work that changed it.
pub(crate) async fn view(
    work: &mut Work<'_>,
    registration: &Registration,
) -> Result<RegistrationView, Error> {
    let position = match registration.status {
        RegistrationStatus::Waitlisted => {
            let (club, event, number) = (registration.club, registration.event, registration.queue_number);
            Some(1 + work.unit.waitlist().count_before(club, event, number).await?)
        }
        _ => None,
    };
    let decisions = work.unit.registrations().decisions_of(registration.club, registration.id).await?;
    Ok(RegistrationView {
        id: registration.id,
        event: registration.event,
        account: registration.account,
        party_size: registration.party_size.get(),
        status: registration.status,
        queue_number: registration.queue_number,
        position,
        passes: registration.passes,
        registered_at: registration.registered_at,
        decisions,
    })
}
