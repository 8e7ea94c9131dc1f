//! Clubs and who belongs to them.

mod bodies;
pub(crate) mod create;
pub(crate) mod edit;
pub(crate) mod join;
pub(crate) mod list;
pub(crate) mod list_members;
pub(crate) mod set_role;
pub(crate) mod view;

pub(crate) use bodies::ClubPath;
