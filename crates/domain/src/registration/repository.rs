//! Writing registrations and their decision logs.

use async_trait::async_trait;

use super::{Decision, Registration, RegistrationStatus, Standing, StandingRequest};
use crate::StoreError;
use crate::id::{ClubId, EventId, RegistrationId};
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
    /// What a batch of decisions has to know, in one statement.
    async fn standing(&mut self, request: &StandingRequest) -> Result<Standing, StoreError>;
    /// The active registrations of an event in the order of arrival, up to `limit` after a queue number.
    async fn active_after(
        &mut self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
        limit: u16,
    ) -> Result<Vec<Registration>, StoreError>;
    /// Writes new registrations, and where others stand now that were there before, of any events, in one
    /// statement. Of what was there before only the status and the passes can have changed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when one of the people has an active registration of the event.
    async fn save(&mut self, arrivals: &[Registration], changed: &[Registration]) -> Result<(), StoreError>;
    /// Writes where registrations of an event stand now.
    async fn save_states(
        &mut self,
        club: ClubId,
        event: EventId,
        states: &[RegistrationState],
    ) -> Result<(), StoreError>;
    /// Adds lines to decision logs.
    async fn append_decisions(&mut self, decisions: &[Decision]) -> Result<(), StoreError>;
}

/// The most lines of one decision log that are read: far more than the pass limit lets come about.
pub const MOST_DECISIONS: u16 = 500;
