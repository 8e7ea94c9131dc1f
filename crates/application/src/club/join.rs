//! Joining a club.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use spotter_domain::Timestamp;
use spotter_domain::club::{Membership, Role, Slug};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::AccountId;
use spotter_domain::store::Inserted;

use crate::{Command, Error, Work};

/// A membership, as its holder and managers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipView {
    /// The slug of the club.
    pub club: String,
    /// The person.
    pub account: AccountId,
    /// What they may do.
    pub role: Role,
    /// Since when they belong.
    pub joined_at: Timestamp,
}

impl MembershipView {
    pub(super) fn new(club: &Slug, membership: &Membership) -> Self {
        Self {
            club: club.as_str().to_owned(),
            account: membership.account,
            role: membership.role,
            joined_at: membership.joined_at,
        }
    }
}

/// Makes the caller a member of a club. Whoever belongs to it already keeps the role they have.
#[derive(Clone, Debug)]
pub struct Join {
    /// Which club.
    pub club: Slug,
}

#[async_trait]
impl Command for Join {
    type Answer = MembershipView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<MembershipView, Error> {
        let account = work.caller.account()?;
        let club = work.unit.clubs().by_slug(&self.club).await?.ok_or(Error::NotFound("club"))?;
        let newcomer = Membership { club: club.id, account, role: Role::Member, joined_at: work.now };
        let membership = match work.unit.clubs().insert_membership(&newcomer).await? {
            Inserted::New => {
                work.announce(DomainEvent::MembershipChanged { club: club.id, account, role: Role::Member });
                newcomer
            }
            Inserted::Duplicate => work.unit.clubs().membership(club.id, account).await?.unwrap_or(newcomer),
        };
        Ok(MembershipView::new(&club.slug, &membership))
    }
}
