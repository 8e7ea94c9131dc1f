//! Writing clubs and memberships.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::club::{Club, ClubRepository, Membership, Role, Slug};
use spotter_domain::id::{AccountId, ClubId};
use spotter_domain::store::Inserted;

use crate::refusal::{conflict, dangling, missing};
use crate::state::State;
use crate::store::MemoryUnitOfWork;

impl State {
    /// The club of a slug.
    pub(super) fn club_of(&self, slug: &Slug) -> Option<&Club> {
        self.clubs.values().find(|club| club.slug == *slug)
    }
}

#[async_trait]
impl ClubRepository for MemoryUnitOfWork {
    async fn by_slug(&mut self, slug: &Slug) -> Result<Option<Club>, StoreError> {
        Ok(self.state.club_of(slug).cloned())
    }

    async fn lock(&mut self, slug: &Slug) -> Result<Option<Club>, StoreError> {
        Ok(self.state.club_of(slug).cloned())
    }

    async fn insert(&mut self, club: &Club) -> Result<Inserted, StoreError> {
        if self.state.club_of(&club.slug).is_some() {
            return Ok(Inserted::Duplicate);
        }
        self.write(|state| match state.clubs.insert(club.id, club.clone()) {
            None => Ok(Inserted::New),
            Some(_) => Err(conflict("there is a club of that id")),
        })
    }

    async fn update(&mut self, club: &Club) -> Result<(), StoreError> {
        let stored = self.state.clubs.get(&club.id);
        if stored.is_none_or(|stored| stored.version + 1 != club.version) {
            return Err(conflict("the club is not in the version before"));
        }
        self.state.clubs.insert(club.id, club.clone());
        Ok(())
    }

    async fn membership(
        &mut self,
        club: ClubId,
        account: AccountId,
    ) -> Result<Option<Membership>, StoreError> {
        Ok(self.state.memberships.get(&(club, account)).copied())
    }

    async fn insert_membership(&mut self, membership: &Membership) -> Result<Inserted, StoreError> {
        let key = (membership.club, membership.account);
        if !self.state.clubs.contains_key(&membership.club) {
            return Err(dangling("memberships", "club_id", membership.club));
        }
        if !self.state.accounts.contains_key(&membership.account) {
            return Err(dangling("memberships", "account_id", membership.account));
        }
        if self.state.memberships.contains_key(&key) {
            return Ok(Inserted::Duplicate);
        }
        self.state.memberships.insert(key, *membership);
        Ok(Inserted::New)
    }

    async fn update_membership(&mut self, membership: &Membership) -> Result<(), StoreError> {
        self.write(|state| {
            let key = (membership.club, membership.account);
            let stored = state.memberships.get_mut(&key);
            stored.ok_or_else(|| missing("memberships", membership.account))?.role = membership.role;
            Ok(())
        })
    }

    async fn count_of_role(&mut self, club: ClubId, role: Role) -> Result<u64, StoreError> {
        let counted = |membership: &&Membership| membership.club == club && membership.role == role;
        Ok(self.state.memberships.values().filter(counted).count() as u64)
    }
}
