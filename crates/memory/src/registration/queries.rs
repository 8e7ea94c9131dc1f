//! Reading registrations.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::club::Club;
use spotter_domain::event::Event;
use spotter_domain::id::{AccountId, ClubId, EventId, RegistrationId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::registration::{
    MyRegistrationView, MyRegistrationsCursor, Registration, RegistrationListItem, RegistrationQueries,
    RegistrationStatus, RegistrationView, ViewedRegistration, When, Whereabouts,
};
use spotter_domain::waitlist::QueueNumber;

use crate::page::page;
use crate::state::State;
use crate::store::MemoryStore;

#[async_trait]
impl RegistrationQueries for MemoryStore {
    async fn whereabouts(&self, id: RegistrationId) -> Result<Option<Whereabouts>, StoreError> {
        Ok(self.committed().registrations.get(&id).map(Registration::whereabouts))
    }

    async fn by_id(
        &self,
        id: RegistrationId,
        viewer: AccountId,
    ) -> Result<Option<ViewedRegistration>, StoreError> {
        let state = self.committed();
        Ok(state.registrations.get(&id).map(|registration| ViewedRegistration {
            registration: state.view(registration),
            role: state.role(registration.club, Some(viewer)),
        }))
    }

    async fn of_event(
        &self,
        club: ClubId,
        event: EventId,
        status: Option<RegistrationStatus>,
        request: PageRequest<QueueNumber>,
    ) -> Result<Page<RegistrationListItem, QueueNumber>, StoreError> {
        let state = self.committed();
        let items = state
            .arrivals_after(club, event, request.after)
            .filter(|registration| status.is_none_or(|status| registration.status == status))
            .map(|registration| state.list_item(registration));
        Ok(page(items, request.limit, |item| item.queue_number))
    }

    async fn of_account(
        &self,
        account: AccountId,
        when: When,
        request: PageRequest<MyRegistrationsCursor>,
    ) -> Result<Page<MyRegistrationView, MyRegistrationsCursor>, StoreError> {
        let state = self.committed();
        let place = |view: &MyRegistrationView| (view.event_starts_at, view.id);
        let mut views: Vec<_> = state
            .registrations
            .values()
            .filter(|registration| registration.account == account)
            .filter_map(|registration| state.my_view(registration))
            .filter(|view| match when {
                When::Any => true,
                When::Upcoming(now) => view.event_ends_at > now,
                When::Past(now) => view.event_ends_at <= now,
            })
            .collect();
        views.sort_by_key(place);
        let latest_first = matches!(when, When::Past(_));
        if latest_first {
            views.reverse();
        }
        let wanted = views.into_iter().filter(|view| {
            request
                .after
                .map(|cursor| (cursor.starts_at, cursor.id))
                .is_none_or(|after| if latest_first { place(view) < after } else { place(view) > after })
        });
        let cursor = |last: &MyRegistrationView| MyRegistrationsCursor {
            starts_at: last.event_starts_at,
            id: last.id,
        };
        Ok(page(wanted, request.limit, cursor))
    }
}

impl State {
    fn view(&self, of: &Registration) -> RegistrationView {
        RegistrationView {
            id: of.id,
            event: of.event,
            account: of.account,
            party_size: of.party_size.get(),
            status: of.status,
            queue_number: of.queue_number,
            position: self.position(of),
            passes: of.passes,
            registered_at: of.registered_at,
            decisions: self.log(of.id).cloned().collect(),
        }
    }

    fn list_item(&self, of: &Registration) -> RegistrationListItem {
        RegistrationListItem {
            id: of.id,
            event: of.event,
            account: of.account,
            display_name: self.display_name(of.account),
            party_size: of.party_size.get(),
            status: of.status,
            queue_number: of.queue_number,
            position: self.position(of),
            passes: of.passes,
            registered_at: of.registered_at,
        }
    }

    fn my_view(&self, of: &Registration) -> Option<MyRegistrationView> {
        let event: &Event = self.events.get(&of.event)?;
        let club: &Club = self.clubs.get(&event.club)?;
        Some(MyRegistrationView {
            id: of.id,
            event: of.event,
            club: club.slug.as_str().to_owned(),
            event_title: event.title.as_str().to_owned(),
            event_starts_at: event.schedule.starts_at(),
            event_ends_at: event.schedule.ends_at(),
            event_status: event.status,
            account: of.account,
            party_size: of.party_size.get(),
            status: of.status,
            queue_number: of.queue_number,
            position: self.position(of),
            passes: of.passes,
            registered_at: of.registered_at,
        })
    }
}
