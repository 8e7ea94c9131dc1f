//! Typed identifiers and the port that makes them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Makes identifiers: UUIDs of version 7, so that they sort by the time they were made.
pub trait IdGenerator: Send + Sync {
    /// A new identifier, never given before.
    fn next(&self) -> Uuid;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes the next identifier from `ids`.
            pub fn generate(ids: &dyn IdGenerator) -> Self {
                Self(ids.next())
            }

            /// The identifier as a bare UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// Names an account.
    AccountId,
    /// Names an API key of an account.
    ApiKeyId,
    /// Names a club.
    ClubId,
    /// Names an event.
    EventId,
    /// Names a registration.
    RegistrationId,
    /// Names one line of a registration's decision log.
    DecisionId,
    /// Names one refresh token.
    RefreshTokenId,
    /// Names the family of refresh tokens that descend from one sign-in.
    TokenFamilyId,
    /// Names a message in the outbox.
    MessageId,
    /// Names an exercise, of the catalogue or of a person.
    ExerciseId,
    /// Names a workout session.
    WorkoutSessionId,
    /// Names a workout template.
    TemplateId,
    /// Names an import.
    ImportId,
    /// Names a record that a wearable made.
    WearableRecordId,
}
