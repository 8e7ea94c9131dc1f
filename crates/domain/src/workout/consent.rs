//! Consent of a person to be seen by the coaches of a club (rule W1).

use crate::Timestamp;
use crate::id::{AccountId, ClubId};

/// A person lets the coaches of a club see their workout sessions. Without it, or once it is withdrawn, nobody
/// else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoachingConsent {
    /// Whose coaches.
    pub club: ClubId,
    /// Whose workout sessions.
    pub account: AccountId,
    /// Since when.
    pub granted_at: Timestamp,
}
