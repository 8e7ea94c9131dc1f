//! Clubs and who belongs to them.

mod create_club;
mod edit_club;
mod join;
mod set_role;
mod view_clubs;

pub use create_club::CreateClub;
pub use edit_club::EditClub;
pub use join::{Join, MembershipView};
pub use set_role::SetRole;
