//! Reading clubs and memberships.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::club::{ClubQueries, ClubView, MemberView, Slug};
use spotter_domain::id::{AccountId, ClubId};
use spotter_domain::page::{Page, PageRequest};

use crate::page::page;
use crate::store::MemoryStore;

#[async_trait]
impl ClubQueries for MemoryStore {
    async fn by_slug(&self, slug: &Slug, viewer: Option<AccountId>) -> Result<Option<ClubView>, StoreError> {
        let state = self.committed();
        Ok(state.club_of(slug).map(|club| club.view(state.role(club.id, viewer))))
    }

    async fn list(
        &self,
        viewer: Option<AccountId>,
        request: PageRequest<String>,
    ) -> Result<Page<ClubView, String>, StoreError> {
        let state = self.committed();
        let mut clubs: Vec<_> = state
            .clubs
            .values()
            .filter(|club| request.after.as_deref().is_none_or(|after| club.slug.as_str() > after))
            .collect();
        clubs.sort_by_key(|club| &club.slug);
        let views = clubs.into_iter().map(|club| club.view(state.role(club.id, viewer)));
        Ok(page(views, request.limit, |club| club.slug.clone()))
    }

    async fn members(
        &self,
        club: ClubId,
        request: PageRequest<AccountId>,
    ) -> Result<Page<MemberView, AccountId>, StoreError> {
        let state = self.committed();
        let members = state
            .memberships
            .values()
            .filter(|member| member.club == club && request.after.is_none_or(|after| member.account > after))
            .map(|member| MemberView {
                account: member.account,
                display_name: state.display_name(member.account),
                role: member.role,
                joined_at: member.joined_at,
            });
        Ok(page(members, request.limit, |member| member.account))
    }
}
