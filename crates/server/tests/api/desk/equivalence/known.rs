//! Where registrations are, known beforehand: an order that has to ask for it comes later than one that has not.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ClubId, EventId, RegistrationId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::registration::{
    MyRegistrationView, MyRegistrationsCursor, RegistrationListItem, RegistrationQueries, RegistrationStatus,
    ViewedRegistration, When, Whereabouts,
};
use spotter_domain::waitlist::QueueNumber;

/// Reads registrations, and remembers where they are.
pub(super) struct Known {
    inner: Arc<dyn RegistrationQueries>,
    places: Mutex<HashMap<RegistrationId, Whereabouts>>,
}

impl Known {
    pub(super) fn new(inner: Arc<dyn RegistrationQueries>) -> Self {
        Self { inner, places: Mutex::default() }
    }

    /// Has a registration known.
    pub(super) fn note(&self, id: RegistrationId, place: Whereabouts) {
        self.places.lock().insert(id, place);
    }
}

#[async_trait]
impl RegistrationQueries for Known {
    async fn whereabouts(&self, id: RegistrationId) -> Result<Option<Whereabouts>, StoreError> {
        let known = self.places.lock().get(&id).copied();
        match known {
            Some(place) => Ok(Some(place)),
            None => self.inner.whereabouts(id).await,
        }
    }

    async fn by_id(
        &self,
        id: RegistrationId,
        viewer: AccountId,
    ) -> Result<Option<ViewedRegistration>, StoreError> {
        self.inner.by_id(id, viewer).await
    }

    async fn of_event(
        &self,
        club: ClubId,
        event: EventId,
        status: Option<RegistrationStatus>,
        page: PageRequest<QueueNumber>,
    ) -> Result<Page<RegistrationListItem, QueueNumber>, StoreError> {
        self.inner.of_event(club, event, status, page).await
    }

    async fn of_account(
        &self,
        account: AccountId,
        when: When,
        page: PageRequest<MyRegistrationsCursor>,
    ) -> Result<Page<MyRegistrationView, MyRegistrationsCursor>, StoreError> {
        self.inner.of_account(account, when, page).await
    }
}
