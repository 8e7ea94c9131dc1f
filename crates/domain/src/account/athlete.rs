//! A person as their workouts know them.

use super::Preferences;
use crate::id::AccountId;

/// What workouts need to know of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Athlete {
    /// Who it is.
    pub account: AccountId,
    /// How they want to see things.
    pub preferences: Preferences,
    /// Grows whenever an exercise or a name of theirs changes.
    pub exercises_version: u32,
}
