//! What happened, as it is announced.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::club::Role;
use crate::id::{
    AccountId, ClubId, EventId, ExerciseId, ImportId, RegistrationId, WearableRecordId, WorkoutSessionId,
};
use crate::progress::RecordKind;
use crate::registration::CancelledBy;
use crate::waitlist::QueueNumber;
use crate::workout::Load;

/// A fact that others may want to act upon. It names things and carries numbers, no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are named by the glossary's words")]
pub enum DomainEvent {
    /// Somebody signed up.
    AccountCreated { account: AccountId },
    /// A club was made.
    ClubCreated { club: ClubId, owner: AccountId },
    /// A club's name, zone or policies changed.
    ClubChanged { club: ClubId, version: u32 },
    /// Somebody joined, or was given another role.
    MembershipChanged { club: ClubId, account: AccountId, role: Role },
    /// An event was made, as a draft.
    EventCreated { club: ClubId, event: EventId },
    /// An event opened to everybody.
    EventPublished { club: ClubId, event: EventId },
    /// An event went back into preparation.
    EventUnpublished { club: ClubId, event: EventId },
    /// An event was edited.
    EventChanged { club: ClubId, event: EventId, version: u32 },
    /// An event has more seats than before.
    EventCapacityIncreased { club: ClubId, event: EventId, from: u32, to: u32 },
    /// An event was called off.
    EventCancelled { club: ClubId, event: EventId },
    /// Somebody has a seat.
    RegistrationConfirmed {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        queue_number: QueueNumber,
    },
    /// Somebody waits.
    RegistrationWaitlisted {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        queue_number: QueueNumber,
    },
    /// Somebody who waited has a seat.
    RegistrationPromoted {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        queue_number: QueueNumber,
    },
    /// Somebody gave their place up, or lost it.
    RegistrationCancelled {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        party_size: u16,
        by: CancelledBy,
    },
    /// Somebody came, or did not.
    AttendanceRecorded {
        club: ClubId,
        event: EventId,
        registration: RegistrationId,
        account: AccountId,
        attended: bool,
    },
    /// Entries left the queue: everybody behind can compute their own position.
    WaitlistMoved { club: ClubId, event: EventId, left: Vec<QueueNumber> },
    /// Somebody logged a workout session.
    WorkoutSessionLogged { account: AccountId, session: WorkoutSessionId },
    /// Somebody edited a workout session.
    WorkoutSessionChanged { account: AccountId, session: WorkoutSessionId, version: u32 },
    /// Somebody deleted a workout session.
    WorkoutSessionDeleted { account: AccountId, session: WorkoutSessionId },
    /// Somebody did more than ever before.
    RecordBroken {
        account: AccountId,
        session: WorkoutSessionId,
        exercise: ExerciseId,
        record: RecordKind,
        load: Load,
        value: i64,
        previous: Option<i64>,
    },
    /// A file was brought along.
    ImportFinished { account: AccountId, import: ImportId, sessions: u64 },
    /// What a file brought along was taken back.
    ImportUndone { account: AccountId, import: ImportId, sessions: u64 },
    /// An exercise of a person became one with another.
    ExerciseMerged { account: AccountId, from: ExerciseId, into: ExerciseId },
    /// Somebody lets the coaches of a club see their workout sessions.
    CoachingConsentGranted { club: ClubId, account: AccountId },
    /// Somebody lets them no more.
    CoachingConsentWithdrawn { club: ClubId, account: AccountId },
    /// A wearable recorded something, or changed what it had recorded.
    WearableRecorded { account: AccountId, record: WearableRecordId },
    /// A wearable took back what it had recorded.
    WearableRecordDeleted { account: AccountId, record: WearableRecordId },
}

impl DomainEvent {
    /// The word under which it is announced.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AccountCreated { .. } => "account_created",
            Self::ClubCreated { .. } => "club_created",
            Self::ClubChanged { .. } => "club_changed",
            Self::MembershipChanged { .. } => "membership_changed",
            Self::EventCreated { .. } => "event_created",
            Self::EventPublished { .. } => "event_published",
            Self::EventUnpublished { .. } => "event_unpublished",
            Self::EventChanged { .. } => "event_changed",
            Self::EventCapacityIncreased { .. } => "event_capacity_increased",
            Self::EventCancelled { .. } => "event_cancelled",
            Self::RegistrationConfirmed { .. } => "registration_confirmed",
            Self::RegistrationWaitlisted { .. } => "registration_waitlisted",
            Self::RegistrationPromoted { .. } => "registration_promoted",
            Self::RegistrationCancelled { .. } => "registration_cancelled",
            Self::AttendanceRecorded { .. } => "attendance_recorded",
            Self::WaitlistMoved { .. } => "waitlist_moved",
            Self::WorkoutSessionLogged { .. } => "workout_session_logged",
            Self::WorkoutSessionChanged { .. } => "workout_session_changed",
            Self::WorkoutSessionDeleted { .. } => "workout_session_deleted",
            Self::RecordBroken { .. } => "record_broken",
            Self::ImportFinished { .. } => "import_finished",
            Self::ImportUndone { .. } => "import_undone",
            Self::ExerciseMerged { .. } => "exercise_merged",
            Self::CoachingConsentGranted { .. } => "coaching_consent_granted",
            Self::CoachingConsentWithdrawn { .. } => "coaching_consent_withdrawn",
            Self::WearableRecorded { .. } => "wearable_recorded",
            Self::WearableRecordDeleted { .. } => "wearable_record_deleted",
        }
    }

    /// The club that it happened in, if it did in one.
    #[must_use]
    pub const fn club(&self) -> Option<ClubId> {
        match self {
            Self::AccountCreated { .. }
            | Self::WorkoutSessionLogged { .. }
            | Self::WorkoutSessionChanged { .. }
            | Self::WorkoutSessionDeleted { .. }
            | Self::RecordBroken { .. }
            | Self::ImportFinished { .. }
            | Self::ImportUndone { .. }
            | Self::ExerciseMerged { .. }
            | Self::WearableRecorded { .. }
            | Self::WearableRecordDeleted { .. } => None,
            Self::ClubCreated { club, .. }
            | Self::ClubChanged { club, .. }
            | Self::MembershipChanged { club, .. }
            | Self::EventCreated { club, .. }
            | Self::EventPublished { club, .. }
            | Self::EventUnpublished { club, .. }
            | Self::EventChanged { club, .. }
            | Self::EventCapacityIncreased { club, .. }
            | Self::EventCancelled { club, .. }
            | Self::RegistrationConfirmed { club, .. }
            | Self::RegistrationWaitlisted { club, .. }
            | Self::RegistrationPromoted { club, .. }
            | Self::RegistrationCancelled { club, .. }
            | Self::AttendanceRecorded { club, .. }
            | Self::WaitlistMoved { club, .. }
            | Self::CoachingConsentGranted { club, .. }
            | Self::CoachingConsentWithdrawn { club, .. } => Some(*club),
        }
    }

    /// The aggregate that it happened to: deliveries of one aggregate keep their order.
    #[must_use]
    pub const fn aggregate(&self) -> Uuid {
        match self {
            // What one person does with their workouts keeps its order.
            Self::AccountCreated { account }
            | Self::WorkoutSessionLogged { account, .. }
            | Self::WorkoutSessionChanged { account, .. }
            | Self::WorkoutSessionDeleted { account, .. }
            | Self::RecordBroken { account, .. }
            | Self::ImportFinished { account, .. }
            | Self::ImportUndone { account, .. }
            | Self::ExerciseMerged { account, .. }
            | Self::CoachingConsentGranted { account, .. }
            | Self::CoachingConsentWithdrawn { account, .. }
            | Self::WearableRecorded { account, .. }
            | Self::WearableRecordDeleted { account, .. } => account.uuid(),
            Self::ClubCreated { club, .. }
            | Self::ClubChanged { club, .. }
            | Self::MembershipChanged { club, .. } => club.uuid(),
            Self::EventCreated { event, .. }
            | Self::EventPublished { event, .. }
            | Self::EventUnpublished { event, .. }
            | Self::EventChanged { event, .. }
            | Self::EventCapacityIncreased { event, .. }
            | Self::EventCancelled { event, .. }
            | Self::RegistrationConfirmed { event, .. }
            | Self::RegistrationWaitlisted { event, .. }
            | Self::RegistrationPromoted { event, .. }
            | Self::RegistrationCancelled { event, .. }
            | Self::AttendanceRecorded { event, .. }
            | Self::WaitlistMoved { event, .. } => event.uuid(),
        }
    }
}
