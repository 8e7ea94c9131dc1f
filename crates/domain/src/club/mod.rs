//! The tenant: a gym, a studio, an organiser of live events, and who is who in it.

mod aggregate;
mod membership;
mod queries;
mod repository;
mod slug;
mod time_zone;

pub use aggregate::{Club, ClubChange};
pub use membership::{GrantRefused, Membership, Role};
pub use queries::{ClubQueries, ClubView, MemberView};
pub use repository::ClubRepository;
pub use slug::Slug;
pub use time_zone::TimeZoneName;
