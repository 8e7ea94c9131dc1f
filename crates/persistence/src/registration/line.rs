//! The columns of registrations, as they are written and read.

use spotter_domain::StoreError;
use spotter_domain::registration::{PartySize, Registration, RegistrationStatus};
use spotter_domain::waitlist::QueueNumber;

use crate::Backend;
use crate::columns::Columns;
use crate::row::Row;

/// The columns of a registration, in a query of that table alone.
pub(crate) const COLUMNS: &str = "club_id, id, event_id, account_id, party_size, status, queue_number, \
                                  passes, registered_at";

/// The columns of the registration `r`.
pub(super) const OF_R: &str = "r.club_id, r.id, r.event_id, r.account_id, r.party_size, r.status, \
                               r.queue_number, r.passes, r.registered_at";

/// The columns that name a registration and those of its state.
pub(super) fn states<'a>(backend: Backend, of: impl Iterator<Item = &'a Registration> + Clone) -> Columns {
    Columns::new(backend)
        .uuids("club_id", of.clone().map(|line| line.club.uuid()))
        .uuids("id", of.clone().map(|line| line.id.uuid()))
        .uuids("event_id", of.clone().map(|line| line.event.uuid()))
        .texts("status", of.clone().map(|line| line.status.as_str()))
        .integers("passes", of.map(|line| line.passes))
}

/// Every column.
pub(super) fn whole<'a>(backend: Backend, of: impl Iterator<Item = &'a Registration> + Clone) -> Columns {
    states(backend, of.clone())
        .uuids("account_id", of.clone().map(|line| line.account.uuid()))
        .integers("party_size", of.clone().map(|line| line.party_size.get()))
        .bigs("queue_number", of.clone().map(|line| line.queue_number.get()))
        .times("registered_at", of.map(|line| line.registered_at))
}

/// Reads a registration from a row that has more than that.
pub(super) fn read(row: &Row) -> Result<Registration, StoreError> {
    Ok(Registration {
        id: row.id("id")?,
        club: row.id("club_id")?,
        event: row.id("event_id")?,
        account: row.id("account_id")?,
        party_size: row.valid("party_size", PartySize::new(row.int("party_size")?))?,
        status: row.parse("status", RegistrationStatus::parse)?,
        queue_number: QueueNumber::new(row.big("queue_number")?),
        passes: row.int("passes")?,
        registered_at: row.time("registered_at")?,
    })
}

impl TryFrom<Row> for Registration {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        read(&row)
    }
}
