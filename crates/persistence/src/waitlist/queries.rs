//! Reading the queue for staff.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, EventId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::waitlist::{QueueNumber, WaitlistEntryView, WaitlistQueries};

use crate::registration::line::COLUMNS;
use crate::registration::queries::Positions;
use crate::row::Row;
use crate::sql::Sql;
use crate::{Backend, Database};

pub(crate) fn entries(backend: Backend, club: ClubId, event: EventId, page: PageRequest<QueueNumber>) -> Sql {
    let queue = backend.waitlist();
    let text = format!(
        "WITH page AS (SELECT {COLUMNS} FROM {queue} \
                WHERE club_id = $1 AND event_id = $2 AND status = 'waitlisted' AND queue_number > $3 \
                ORDER BY queue_number LIMIT $4) \
                SELECT p.*, a.display_name, (SELECT count(*) FROM {queue} \
                WHERE w.club_id = $1 AND w.event_id = $2 AND w.status = 'waitlisted' \
                AND w.queue_number < (SELECT min(queue_number) FROM page)) AS before \
                FROM page p JOIN accounts a ON a.id = p.account_id ORDER BY p.queue_number"
    );
    Sql::new(backend, "registrations", "entries", text)
        .uuid(club.uuid())
        .uuid(event.uuid())
        .big(page.after.map_or(0, QueueNumber::get))
        .big(page.limit.with_lookahead())
}

fn read_entry(row: &Row, positions: &mut Positions) -> Result<WaitlistEntryView, StoreError> {
    Ok(WaitlistEntryView {
        registration: row.id("id")?,
        account: row.id("account_id")?,
        display_name: row.get("display_name")?,
        party_size: row.int("party_size")?,
        queue_number: QueueNumber::new(row.big("queue_number")?),
        position: positions.next(row)?,
        passes: row.int("passes")?,
        registered_at: row.time("registered_at")?,
    })
}

#[async_trait]
impl WaitlistQueries for Database {
    async fn entries(
        &self,
        club: ClubId,
        event: EventId,
        page: PageRequest<QueueNumber>,
    ) -> Result<Page<WaitlistEntryView, QueueNumber>, StoreError> {
        let rows = self.read_all(entries(self.backend(), club, event, page)).await?;
        let mut positions = Positions::default();
        let entries: Result<Vec<_>, _> = rows.iter().map(|row| read_entry(row, &mut positions)).collect();
        Ok(Page::from_lookahead(entries?, page.limit, |entry| entry.queue_number))
    }
}
