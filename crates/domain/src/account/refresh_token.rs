//! Refresh tokens: each works once, and a second use ends the whole family.

use std::time::Duration;

use crate::Timestamp;
use crate::id::{AccountId, RefreshTokenId, TokenFamilyId};
use crate::vault::TokenDigest;

/// A refresh token as it is stored: by its digest, never in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Names the token.
    pub id: RefreshTokenId,
    /// The sign-in that it descends from.
    pub family: TokenFamilyId,
    /// Whose it is.
    pub account: AccountId,
    /// What recognises it.
    pub digest: TokenDigest,
    /// When it was handed out.
    pub issued_at: Timestamp,
    /// When it ceases to be good.
    pub expires_at: Timestamp,
    /// When it was exchanged for the next.
    pub used_at: Option<Timestamp>,
    /// When its family was ended, by sign-out or because a used token came back.
    pub revoked_at: Option<Timestamp>,
}

/// What is to be done with a refresh token that somebody presents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// It is good: mark it used and hand out the next of its family.
    Rotate,
    /// It was used before, so one of its two bearers is a thief: end the family.
    EndFamily,
    /// It has expired or its family was ended.
    Refuse,
}

impl RefreshToken {
    /// How long a refresh token is good for: 30 days.
    pub const LIFETIME: Duration = Duration::from_hours(30 * 24);

    /// What to do with this token, presented at `now`.
    #[must_use]
    pub fn present(&self, now: Timestamp) -> Rotation {
        if self.revoked_at.is_some() {
            Rotation::Refuse
        } else if self.used_at.is_some() {
            Rotation::EndFamily
        } else if self.expires_at <= now {
            Rotation::Refuse
        } else {
            Rotation::Rotate
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn token() -> RefreshToken {
        RefreshToken {
            id: Uuid::from_u128(1).into(),
            family: Uuid::from_u128(2).into(),
            account: Uuid::from_u128(3).into(),
            digest: TokenDigest([0; 32]),
            issued_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH + RefreshToken::LIFETIME,
            used_at: None,
            revoked_at: None,
        }
    }

    #[test]
    fn a_token_rotates_once_and_its_reuse_ends_the_family() {
        let mut token = token();
        let later = Timestamp::UNIX_EPOCH + Duration::from_mins(1);
        assert_eq!(token.present(later), Rotation::Rotate);
        token.used_at = Some(later);
        assert_eq!(token.present(later), Rotation::EndFamily);
        token.revoked_at = Some(later);
        assert_eq!(token.present(later), Rotation::Refuse);
    }

    #[test]
    fn an_expired_token_is_refused_from_the_first_instant() {
        let token = token();
        assert_eq!(token.present(token.expires_at), Rotation::Refuse);
    }
}
