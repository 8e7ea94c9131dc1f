//! Writing clubs and memberships.

use async_trait::async_trait;

use super::{Club, Membership, Role, Slug};
use crate::StoreError;
use crate::id::{AccountId, ClubId};
use crate::store::Inserted;

/// Stores clubs and who belongs to them.
#[async_trait]
pub trait ClubRepository: Send {
    /// The club of that slug.
    async fn by_slug(&mut self, slug: &Slug) -> Result<Option<Club>, StoreError>;
    /// The club of that slug, locked against other transactions that lock it until this one ends.
    async fn lock(&mut self, slug: &Slug) -> Result<Option<Club>, StoreError>;
    /// Writes a new club, unless its slug is taken.
    async fn insert(&mut self, club: &Club) -> Result<Inserted, StoreError>;
    /// Writes a club over its version before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] when the stored version is not the one before.
    async fn update(&mut self, club: &Club) -> Result<(), StoreError>;
    /// A person's membership of a club.
    async fn membership(
        &mut self,
        club: ClubId,
        account: AccountId,
    ) -> Result<Option<Membership>, StoreError>;
    /// Writes a membership, unless the person has one.
    async fn insert_membership(&mut self, membership: &Membership) -> Result<Inserted, StoreError>;
    /// Gives a member another role.
    async fn update_membership(&mut self, membership: &Membership) -> Result<(), StoreError>;
    /// How many members of a club have that role.
    async fn count_of_role(&mut self, club: ClubId, role: Role) -> Result<u64, StoreError>;
}
