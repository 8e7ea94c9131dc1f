//! Registering for events, leaving them, and coming to them.

mod bodies;
pub(crate) mod cancel;
pub(crate) mod list;
pub(crate) mod list_mine;
pub(crate) mod record_attendance;
pub(crate) mod register;
pub(crate) mod view;
