//! Clubs and memberships as they are sent.

use serde::{Deserialize, Serialize};
use spotter_application::club::MembershipView;
use spotter_domain::Timestamp;
use spotter_domain::club::{ClubView, MemberView, Role};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::words;

/// Names a club in a path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameter's description; the call reads it")]
pub(crate) struct ClubPath {
    /// The slug of the club.
    #[param(
        min_length = 2,
        max_length = 63,
        pattern = "^[a-z0-9][a-z0-9-]*[a-z0-9]$",
        example = "iron-works"
    )]
    club: String,
}

/// A club.
#[derive(Serialize, ToSchema)]
#[schema(as = Club)]
pub(crate) struct ClubBody {
    id: Uuid,
    /// Its name in addresses.
    slug: String,
    /// Its name for people.
    name: String,
    /// Where its clocks are.
    #[schema(example = "Europe/Zurich")]
    time_zone: String,
    /// How often a waiting party may be passed by smaller ones.
    pass_limit: u16,
    #[schema(required, schema_with = words::role_or_null)]
    role: Option<&'static str>,
    /// Grows with every edit.
    version: u32,
    created_at: Timestamp,
}

impl ClubBody {
    pub(super) fn new(view: ClubView) -> Self {
        Self {
            id: view.id.uuid(),
            slug: view.slug,
            name: view.name,
            time_zone: view.time_zone,
            pass_limit: view.pass_limit,
            role: view.role.map(Role::as_str),
            version: view.version,
            created_at: view.created_at,
        }
    }
}

impl Representation for ClubBody {
    fn version(&self) -> Option<u32> {
        Some(self.version)
    }
}

/// A person's role in a club.
#[derive(Serialize, ToSchema)]
#[schema(as = Membership)]
pub(crate) struct MembershipBody {
    /// The slug of the club.
    club: String,
    user_id: Uuid,
    #[schema(schema_with = words::role)]
    role: &'static str,
    joined_at: Timestamp,
}

impl MembershipBody {
    pub(super) fn new(view: MembershipView) -> Self {
        Self {
            club: view.club,
            user_id: view.account.uuid(),
            role: view.role.as_str(),
            joined_at: view.joined_at,
        }
    }
}

impl Representation for MembershipBody {}

/// A member in the list of a club.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
pub(crate) struct MemberBody {
    user_id: Uuid,
    /// How they want to be called.
    display_name: String,
    #[schema(schema_with = words::role)]
    role: &'static str,
    joined_at: Timestamp,
}

impl MemberBody {
    pub(super) fn new(view: MemberView) -> Self {
        Self {
            user_id: view.account.uuid(),
            display_name: view.display_name,
            role: view.role.as_str(),
            joined_at: view.joined_at,
        }
    }
}
