//! Reading clubs and memberships.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Role, Slug};
use crate::id::{AccountId, ClubId};
use crate::page::{Page, PageRequest};
use crate::{StoreError, Timestamp};

/// A club as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClubView {
    /// Names the club.
    pub id: ClubId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Where its clocks are.
    pub time_zone: String,
    /// How often a waiting party may be passed.
    pub pass_limit: u16,
    /// What the one who asks may do there.
    pub role: Option<Role>,
    /// Grows with every edit.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A member as managers see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// The person.
    pub account: AccountId,
    /// How they want to be called.
    pub display_name: String,
    /// What they may do.
    pub role: Role,
    /// Since when they belong.
    pub joined_at: Timestamp,
}

/// Reads clubs.
#[async_trait]
pub trait ClubQueries: Send + Sync {
    /// The club of that slug, with the role of `viewer` in it.
    async fn by_slug(&self, slug: &Slug, viewer: Option<AccountId>) -> Result<Option<ClubView>, StoreError>;
    /// All clubs by slug, with the role of `viewer` in each.
    async fn list(
        &self,
        viewer: Option<AccountId>,
        page: PageRequest<String>,
    ) -> Result<Page<ClubView, String>, StoreError>;
    /// The members of a club by account.
    async fn members(
        &self,
        club: ClubId,
        page: PageRequest<AccountId>,
    ) -> Result<Page<MemberView, AccountId>, StoreError>;
}
