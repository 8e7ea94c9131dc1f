//! Who is who in a club.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, ClubId};
use crate::{Invalid, Timestamp};

/// What a person may do in a club. Each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Registers and trains.
    Member,
    /// Runs classes: sees who comes, registers people, records attendance.
    Coach,
    /// Runs the timetable and the membership.
    Manager,
    /// Owns the club; the only one who makes managers and owners.
    Owner,
}

impl Role {
    /// Every role, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Member, Self::Coach, Self::Manager, Self::Owner];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Coach => "coach",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == word)
            .ok_or_else(|| Invalid::new("must be member, coach, manager or owner"))
    }

    /// Whether a person of this role may make somebody whose role is `from` (none: a newcomer) a `to`.
    ///
    /// # Errors
    ///
    /// [`GrantRefused`] unless this is an owner, or a manager who moves people below managers only.
    pub fn may_grant(self, from: Option<Self>, to: Self) -> Result<(), GrantRefused> {
        let highest = from.map_or(to, |from| from.max(to));
        match self {
            Self::Owner => Ok(()),
            Self::Manager if highest < Self::Manager => Ok(()),
            _ => Err(GrantRefused),
        }
    }
}

/// A role may not be granted by somebody of a role so low.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("only an owner makes or unmakes managers and owners")]
pub struct GrantRefused;

/// A person's role in a club.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The club.
    pub club: ClubId,
    /// The person.
    pub account: AccountId,
    /// What they may do.
    pub role: Role,
    /// Since when they belong.
    pub joined_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managers_move_people_below_managers_and_owners_move_everybody() {
        for from in [None, Some(Role::Member), Some(Role::Coach)] {
            assert!(Role::Manager.may_grant(from, Role::Coach).is_ok());
            assert!(Role::Manager.may_grant(from, Role::Manager).is_err());
        }
        assert!(Role::Manager.may_grant(Some(Role::Owner), Role::Member).is_err());
        for to in Role::ALL {
            assert!(Role::Owner.may_grant(Some(Role::Owner), to).is_ok());
            assert!(Role::Coach.may_grant(None, to).is_err());
            assert!(Role::Member.may_grant(None, to).is_err());
        }
    }

    #[test]
    fn the_words_come_back_as_the_roles() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Ok(role));
        }
        assert!(Role::parse("admin").is_err());
    }
}
