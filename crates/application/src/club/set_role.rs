//! Giving somebody a role in a club.

use async_trait::async_trait;
use spotter_domain::club::{Membership, Role, Slug};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::AccountId;
use spotter_domain::store::Inserted;

use super::MembershipView;
use crate::access::require;
use crate::{Command, Error, Work};

/// Gives a person a role in a club, making them a member if they are none: for managers.
#[derive(Clone, Debug)]
pub struct SetRole {
    /// Which club.
    pub club: Slug,
    /// Who.
    pub account: AccountId,
    /// What they may do from now on.
    pub role: Role,
}

#[async_trait]
impl Command for SetRole {
    type Answer = MembershipView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<MembershipView, Error> {
        work.caller.account()?;
        // The club's lock keeps two owners from unmaking each other at once.
        let club = work.unit.clubs().lock(&self.club).await?.ok_or(Error::NotFound("club"))?;
        let granter = work.role_in(club.id).await?;
        require(granter, Role::Manager)?;
        let before = work.unit.clubs().membership(club.id, self.account).await?;
        let from = before.map(|membership| membership.role);
        granter
            .unwrap_or(Role::Member)
            .may_grant(from, self.role)
            .map_err(|refused| Error::forbidden("role_required", refused.to_string()))?;
        if from == Some(Role::Owner)
            && self.role != Role::Owner
            && work.unit.clubs().count_of_role(club.id, Role::Owner).await? <= 1
        {
            return Err(Error::refused("last_owner", "a club keeps at least one owner"));
        }
        let membership = match before {
            Some(before) if before.role == self.role => before,
            Some(before) => {
                let changed = Membership { role: self.role, ..before };
                work.unit.clubs().update_membership(&changed).await?;
                changed
            }
            None => {
                if work.unit.accounts().by_id(self.account).await?.is_none() {
                    return Err(Error::NotFound("account"));
                }
                let new =
                    Membership { club: club.id, account: self.account, role: self.role, joined_at: work.now };
                match work.unit.clubs().insert_membership(&new).await? {
                    Inserted::New => {}
                    // They joined in this very moment.
                    Inserted::Duplicate => work.unit.clubs().update_membership(&new).await?,
                }
                new
            }
        };
        if from != Some(self.role) {
            let (club, account, role) = (club.id, self.account, self.role);
            work.announce(DomainEvent::MembershipChanged { club, account, role });
        }
        Ok(MembershipView::new(&club.slug, &membership))
    }
}
