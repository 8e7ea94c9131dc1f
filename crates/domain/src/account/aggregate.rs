//! The account aggregate.

use super::{Email, PasswordHash, Preferences, PreferencesChange, Profile};
use crate::Timestamp;
use crate::id::AccountId;
use crate::patch::Patch;
use crate::text::DisplayName;

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Names the account.
    pub id: AccountId,
    /// Where they are reached, unique whatever its case.
    pub email: Email,
    /// How they want to be called.
    pub display_name: DisplayName,
    /// What proves their password.
    pub password_hash: PasswordHash,
    /// How they want to see things.
    pub preferences: Preferences,
    /// Whether they run the installation.
    pub is_operator: bool,
    /// Grows with every edit.
    pub version: u32,
    /// When they signed up.
    pub created_at: Timestamp,
}

/// What a person changes about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// A new name.
    pub display_name: Patch<DisplayName>,
    /// New preferences.
    pub preferences: PreferencesChange,
}

impl Account {
    /// The account as its owner sees it.
    #[must_use]
    pub fn profile(&self) -> Profile {
        Profile {
            id: self.id,
            email: self.email.as_str().to_owned(),
            display_name: self.display_name.as_str().to_owned(),
            preferences: self.preferences.clone(),
            is_operator: self.is_operator,
            version: self.version,
        }
    }

    /// Applies a change and counts the version up.
    pub fn change(&mut self, change: AccountChange) {
        change.display_name.apply(&mut self.display_name);
        self.preferences.change(change.preferences);
        self.version += 1;
    }
}
