//! Who is asking, and whether they may.

use spotter_domain::club::Role;
use spotter_domain::id::AccountId;

use crate::Error;

/// Who is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody who has not signed in.
    Anonymous,
    /// The bearer of an access token or API key of this account.
    Account(AccountId),
}

impl Caller {
    /// The account that is asking.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub fn account(self) -> Result<AccountId, Error> {
        self.known().ok_or_else(|| {
            Error::unauthenticated(
                "authentication_required",
                "sign in and send the access token as a bearer token",
            )
        })
    }

    /// The account that is asking, if one is.
    #[must_use]
    pub const fn known(self) -> Option<AccountId> {
        match self {
            Self::Anonymous => None,
            Self::Account(account) => Some(account),
        }
    }
}

/// The error of an access token that outlived its account.
pub(crate) fn account_gone() -> Error {
    Error::unauthenticated("account_gone", "the account does not exist any more")
}

/// Lets pass whoever has at least the role `least` in the club.
///
/// # Errors
///
/// [`Error::Forbidden`] for everybody else.
pub fn require(role: Option<Role>, least: Role) -> Result<(), Error> {
    if role >= Some(least) {
        Ok(())
    } else {
        Err(Error::forbidden(
            "role_required",
            format!("this takes the role {} in the club, or a higher one", least.as_str()),
        ))
    }
}

/// Whether somebody of that role works for the club, and so sees what is not public.
#[must_use]
pub fn is_staff(role: Option<Role>) -> bool {
    role >= Some(Role::Coach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_includes_the_ones_below_it() {
        assert!(require(Some(Role::Owner), Role::Coach).is_ok());
        assert!(require(Some(Role::Coach), Role::Coach).is_ok());
        assert!(require(Some(Role::Member), Role::Coach).is_err());
        assert!(require(None, Role::Member).is_err());
        assert!(!is_staff(Some(Role::Member)) && is_staff(Some(Role::Coach)) && !is_staff(None));
    }
}
