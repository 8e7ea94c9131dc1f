//! The club aggregate.

use super::{ClubView, Role, Slug, TimeZoneName};
use crate::Timestamp;
use crate::id::ClubId;
use crate::patch::Patch;
use crate::text::ClubName;
use crate::waitlist::PassLimit;

/// A club: the owner of events, and of the policies that they follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Club {
    /// Names the club.
    pub id: ClubId,
    /// Its name in addresses, unique.
    pub slug: Slug,
    /// Its name for people.
    pub name: ClubName,
    /// Where its clocks are.
    pub time_zone: TimeZoneName,
    /// How often a waiting party may be passed by smaller ones (rule R5).
    pub pass_limit: PassLimit,
    /// Grows with every edit.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a manager changes about a club.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClubChange {
    /// A new name.
    pub name: Patch<ClubName>,
    /// A new zone.
    pub time_zone: Patch<TimeZoneName>,
    /// A new limit, in force from the next decision on.
    pub pass_limit: Patch<PassLimit>,
}

impl Club {
    /// The club as somebody of that role sees it.
    #[must_use]
    pub fn view(&self, role: Option<Role>) -> ClubView {
        ClubView {
            id: self.id,
            slug: self.slug.as_str().to_owned(),
            name: self.name.as_str().to_owned(),
            time_zone: self.time_zone.as_str().to_owned(),
            pass_limit: self.pass_limit.get(),
            role,
            version: self.version,
            created_at: self.created_at,
        }
    }

    /// Applies a change and counts the version up.
    pub fn change(&mut self, change: ClubChange) {
        change.name.apply(&mut self.name);
        change.time_zone.apply(&mut self.time_zone);
        change.pass_limit.apply(&mut self.pass_limit);
        self.version += 1;
    }
}
