//! Writing registrations and their decision logs.

use async_trait::async_trait;

use super::{Decision, Registration, RegistrationStatus};
use crate::StoreError;
use crate::id::{AccountId, ClubId, EventId, RegistrationId};
use crate::waitlist::QueueNumber;

/// What changes about a registration after it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrationState {
    /// Which registration.
    pub id: RegistrationId,
    /// Where it stands now.
    pub status: RegistrationStatus,
    /// How often it has been passed.
    pub passes: u16,
}

/// Stores registrations. What decides upon an event's registrations holds the event's lock.
#[async_trait]
pub trait RegistrationRepository: Send {
    /// The registration of that id.
    async fn by_id(&mut self, id: RegistrationId) -> Result<Option<Registration>, StoreError>;
    /// The active registrations that these people hold on an event.
    async fn active_of(
        &mut self,
        club: ClubId,
        event: EventId,
        accounts: &[AccountId],
    ) -> Result<Vec<Registration>, StoreError>;
    /// The active registrations of an event in the order of arrival, up to `limit` after a queue number.
    async fn active_after(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError>;
    /// Writes new registrations.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when one of the people has an active registration of the event.
    async fn insert_many(&mut self, registrations: &[Registration]) -> Result<(), StoreError>;
    /// Writes where registrations of an event stand now.
    async fn save_states(
        &mut self,
        club: ClubId,
        event: EventId,
        states: &[RegistrationState],
    ) -> Result<(), StoreError>;
    /// Adds lines to decision logs.
    async fn append_decisions(&mut self, decisions: &[Decision]) -> Result<(), StoreError>;
    /// The log of one registration, oldest line first, up to [`MOST_DECISIONS`] lines.
    async fn decisions_of(&mut self, club: ClubId, id: RegistrationId) -> Result<Vec<Decision>, StoreError>;
}

/// The most lines of one decision log that are read: far more than the pass limit lets come about.
pub const MOST_DECISIONS: u16 = 500;
