//! Reading the queue in the transaction that decides upon it.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::registration::Registration;
use spotter_domain::waitlist::{QueueNumber, WaitlistRepository};

use crate::Backend;
use crate::registration::line::COLUMNS;
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

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

#[async_trait]
impl WaitlistRepository for SeaOrmUnitOfWork {
    async fn head(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError> {
        crate::row::all(self.all(head(self.backend, club, event, after, limit)).await?)
    }
}
