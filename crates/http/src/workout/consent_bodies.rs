//! Consent to be coached as it is sent.

use serde::Serialize;
use spotter_domain::Timestamp;
use spotter_domain::club::Slug;
use spotter_domain::workout::CoachedAthlete;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::Representation;

/// Whether the caller lets the coaches of a club see their workout sessions.
#[derive(Serialize, ToSchema)]
#[schema(as = CoachingConsent)]
pub(crate) struct ConsentBody {
    /// The slug of the club.
    club: String,
    granted: bool,
    /// Since when; null without consent.
    #[schema(required)]
    granted_at: Option<Timestamp>,
}

impl ConsentBody {
    pub(super) fn new(club: &Slug, granted_at: Option<Timestamp>) -> Self {
        Self { club: club.as_str().to_owned(), granted: granted_at.is_some(), granted_at }
    }
}

impl Representation for ConsentBody {}

/// Somebody who lets the coaches of a club see their workout sessions.
#[derive(Serialize, ToSchema)]
#[schema(as = Athlete)]
pub(crate) struct AthleteBody {
    user_id: Uuid,
    /// How they want to be called.
    display_name: String,
    /// Since when.
    granted_at: Timestamp,
}

impl AthleteBody {
    pub(super) fn new(athlete: CoachedAthlete) -> Self {
        Self {
            user_id: athlete.account.uuid(),
            display_name: athlete.display_name,
            granted_at: athlete.granted_at,
        }
    }
}
