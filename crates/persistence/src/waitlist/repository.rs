//! Reading the queue in the transaction that decides upon it.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::registration::Registration;
use spotter_domain::waitlist::{QueueEntry, QueueNumber, WaitlistRepository};

use crate::Backend;
use crate::registration::repository::COLUMNS;
use crate::row::Row;
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

impl TryFrom<Row> for QueueEntry {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Registration::try_from(row).map(|registration| registration.queue_entry())
    }
}

pub(crate) fn head(
    backend: Backend,
    club: ClubId,
    event: EventId,
    after: Option<QueueNumber>,
    limit: u16,
) -> Sql {
    // Every number is greater than zero.
    let text = format!(
        "SELECT {COLUMNS} FROM {} WHERE club_id = $1 AND event_id = $2 AND status = 'waitlisted' \
         AND queue_number > $3 ORDER BY queue_number LIMIT $4",
        backend.waitlist()
    );
    Sql::new(backend, "registrations", "head", text)
        .uuid(club.uuid())
        .uuid(event.uuid())
        .big(after.map_or(0, QueueNumber::get))
        .int(limit)
}

pub(crate) fn count_before(backend: Backend, club: ClubId, event: EventId, number: QueueNumber) -> Sql {
    let text = format!(
        "SELECT count(*) AS count FROM {} \
         WHERE club_id = $1 AND event_id = $2 AND status = 'waitlisted' AND queue_number < $3",
        backend.waitlist()
    );
    Sql::new(backend, "registrations", "count_before", text)
        .uuid(club.uuid())
        .uuid(event.uuid())
        .big(number.get())
}

#[async_trait]
impl WaitlistRepository for SeaOrmUnitOfWork {
    async fn head(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<QueueEntry>, StoreError> {
        crate::row::all(self.all(head(self.backend, club, event, after, limit)).await?)
    }

    async fn count_before(
        &mut self,
        club: ClubId,
        event: EventId,
        number: QueueNumber,
    ) -> Result<u64, StoreError> {
        self.count(count_before(self.backend, club, event, number)).await
    }
}
