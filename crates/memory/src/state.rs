//! Everything that is stored, as rows in tables.

use std::sync::Arc;

use spotter_domain::Timestamp;
use spotter_domain::account::{Account, ApiKey, RefreshToken};
use spotter_domain::club::{Club, Membership, Role};
use spotter_domain::event::Event;
use spotter_domain::id::{
    AccountId, ApiKeyId, ClubId, DecisionId, EventId, ExerciseId, ImportId, MessageId, RefreshTokenId,
    RegistrationId, TemplateId, WorkoutSessionId,
};
use spotter_domain::idempotency::{IdempotencySlot, KeptAnswer};
use spotter_domain::outbox::{Holder, Lane};
use spotter_domain::progress::{Day, Record, RecordKey, Summary};
use spotter_domain::registration::{Decision, MOST_DECISIONS, Registration, RegistrationStatus};
use spotter_domain::waitlist::QueueNumber;
use spotter_domain::wearable::{WearableKind, WearableRecord};
use spotter_domain::workout::{
    CatalogueEntry, CoachingConsent, CustomExercise, Import, NameKey, NewSession, PersonalAlias, Template,
};

use crate::owned::Owned;
use crate::table::Table;

/// One consistent set of rows. A clone is a snapshot.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) accounts: Table<AccountId, Account>,
    pub(crate) api_keys: Table<ApiKeyId, ApiKey>,
    pub(crate) refresh_tokens: Table<RefreshTokenId, RefreshToken>,
    pub(crate) clubs: Table<ClubId, Club>,
    pub(crate) memberships: Table<(ClubId, AccountId), Membership>,
    pub(crate) events: Table<EventId, Event>,
    pub(crate) registrations: Table<RegistrationId, Registration>,
    /// The unique index of queue numbers, which is also the order of arrival.
    pub(crate) arrivals: Table<(EventId, QueueNumber), RegistrationId>,
    pub(crate) decisions: Table<(RegistrationId, DecisionId), Decision>,
    /// Only of those whose exercises have changed.
    pub(crate) exercises_versions: Table<AccountId, u32>,
    pub(crate) catalogue: Table<ExerciseId, CatalogueEntry>,
    pub(crate) catalogue_digest: Option<String>,
    pub(crate) exercises: Owned<ExerciseId, CustomExercise>,
    /// The unique index of the names of people's exercises.
    pub(crate) exercise_names: Owned<NameKey, ExerciseId>,
    pub(crate) aliases: Owned<NameKey, PersonalAlias>,
    pub(crate) templates: Owned<TemplateId, Template>,
    /// Shared, because somebody's whole log would be copied for each new entry in it.
    pub(crate) workout_sessions: Owned<WorkoutSessionId, Arc<NewSession>>,
    pub(crate) imports: Owned<ImportId, Import>,
    pub(crate) consents: Table<(ClubId, AccountId), CoachingConsent>,
    pub(crate) summaries: Owned<Day, Summary>,
    pub(crate) records: Owned<RecordKey, Record>,
    pub(crate) wearables: Owned<(WearableKind, String), WearableRecord>,
    /// The users of the wearable's maker.
    pub(crate) wearable_links: Table<i64, AccountId>,
    pub(crate) notifications: Table<String, Timestamp>,
    pub(crate) outbox: Table<MessageId, crate::outbox::Kept>,
    pub(crate) outbox_leases: Table<Lane, (Holder, Timestamp)>,
    pub(crate) answers: Table<IdempotencySlot, KeptAnswer>,
}

impl State {
    /// The role of a person in a club.
    pub(crate) fn role(&self, club: ClubId, account: Option<AccountId>) -> Option<Role> {
        self.memberships.get(&(club, account?)).map(|membership| membership.role)
    }

    /// The name under which a person is shown; nothing for somebody who does not exist.
    pub(crate) fn display_name(&self, account: AccountId) -> String {
        self.accounts
            .get(&account)
            .map(|account| account.display_name.as_str().to_owned())
            .unwrap_or_default()
    }

    /// The registrations of an event in the order of arrival, from the first after `after` on. None if the
    /// event is another club's.
    pub(crate) fn arrivals_after(
        &self,
        club: ClubId,
        event: EventId,
        after: Option<QueueNumber>,
    ) -> impl Iterator<Item = &Registration> {
        let first = after.map_or(QueueNumber::new(0), QueueNumber::next);
        self.arrivals
            .range((event, first)..=(event, QueueNumber::new(u64::MAX)))
            .filter_map(|(_, id)| self.registrations.get(id))
            .filter(move |registration| registration.club == club)
    }

    /// 1 + how many entries stand before a registration; nothing unless it waits.
    pub(crate) fn position(&self, registration: &Registration) -> Option<u64> {
        let waits = |other: &Registration| other.status == RegistrationStatus::Waitlisted;
        if !waits(registration) {
            return None;
        }
        let before = self
            .arrivals_after(registration.club, registration.event, None)
            .take_while(|other| other.queue_number < registration.queue_number)
            .filter(|other| waits(other));
        Some(1 + before.map(|_| 1).sum::<u64>())
    }

    /// The log of a registration, oldest line first.
    pub(crate) fn log(&self, id: RegistrationId) -> impl Iterator<Item = &Decision> {
        let lines = (id, DecisionId::from(uuid::Uuid::nil()))..=(id, DecisionId::from(uuid::Uuid::max()));
        self.decisions.range(lines).map(|(_, decision)| decision).take(usize::from(MOST_DECISIONS))
    }
}
