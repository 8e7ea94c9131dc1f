//! Reading events.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::event::{
    Audience, Event, EventCursor, EventFilter, EventQueries, EventView, ViewedEvent,
};
use spotter_domain::id::{AccountId, ClubId, EventId};
use spotter_domain::page::{Page, PageRequest};

use crate::page::page;
use crate::store::MemoryStore;

fn is_wanted(event: &Event, filter: &EventFilter) -> bool {
    let audience = match filter.audience {
        Audience::Public => event.is_public(),
        Audience::Staff => true,
    };
    audience
        && filter.from.is_none_or(|from| event.schedule.ends_at() > from)
        && filter.to.is_none_or(|to| event.schedule.starts_at() < to)
        && filter.phase.is_none_or(|phase| event.phase(filter.now) == phase)
}

#[async_trait]
impl EventQueries for MemoryStore {
    async fn by_id(&self, id: EventId, viewer: Option<AccountId>) -> Result<Option<ViewedEvent>, StoreError> {
        let state = self.committed();
        let found = state.events.get(&id).and_then(|event| Some((event, state.clubs.get(&event.club)?)));
        Ok(found.map(|(event, club)| ViewedEvent {
            club: club.id,
            event: EventView::new(event, &club.slug, &club.time_zone),
            role: state.role(club.id, viewer),
        }))
    }

    async fn list(
        &self,
        club: ClubId,
        filter: &EventFilter,
        request: PageRequest<EventCursor>,
    ) -> Result<Page<EventView, EventCursor>, StoreError> {
        let state = self.committed();
        let place = |event: &Event| (event.schedule.starts_at(), event.id);
        let is_after =
            |event: &Event| request.after.is_none_or(|cursor| place(event) > (cursor.starts_at, cursor.id));
        let mut events: Vec<_> = state
            .events
            .values()
            .filter(|event| event.club == club && is_after(event) && is_wanted(event, filter))
            .collect();
        events.sort_by_key(|event| place(event));
        let club = state.clubs.get(&club);
        let views = events
            .into_iter()
            .filter_map(|event| club.map(|club| EventView::new(event, &club.slug, &club.time_zone)));
        Ok(page(views, request.limit, |event| EventCursor { starts_at: event.starts_at, id: event.id }))
    }
}
