//! Making a club.

use async_trait::async_trait;
use spotter_domain::club::{Club, ClubView, Membership, Role, Slug, TimeZoneName};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::ClubId;
use spotter_domain::store::Inserted;
use spotter_domain::text::ClubName;
use spotter_domain::waitlist::PassLimit;

use crate::{Command, Error, Work};

/// Makes a club; the caller is its owner.
#[derive(Clone, Debug)]
pub struct CreateClub {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for people.
    pub name: ClubName,
    /// Where its clocks are.
    pub time_zone: TimeZoneName,
    /// How often a waiting party may be passed.
    pub pass_limit: PassLimit,
}

#[async_trait]
impl Command for CreateClub {
    type Answer = ClubView;

    async fn apply(&self, work: &mut Work<'_>) -> Result<ClubView, Error> {
        let owner = work.caller.account()?;
        let club = Club {
            id: ClubId::generate(work.ids),
            slug: self.slug.clone(),
            name: self.name.clone(),
            time_zone: self.time_zone.clone(),
            pass_limit: self.pass_limit,
            version: 1,
            created_at: work.now,
        };
        if work.unit.clubs().insert(&club).await? == Inserted::Duplicate {
            return Err(Error::refused("slug_taken", "there is a club of this slug"));
        }
        let membership = Membership { club: club.id, account: owner, role: Role::Owner, joined_at: work.now };
        work.unit.clubs().insert_membership(&membership).await?;
        work.announce(DomainEvent::ClubCreated { club: club.id, owner });
        Ok(club.view(Some(Role::Owner)))
    }
}
