//! What wearables record, and what their makers tell of it.

mod bodies;
pub(crate) mod delete;
pub(crate) mod link;
pub(crate) mod list;
mod record;
pub(crate) mod record_cycle;
pub(crate) mod record_recovery;
pub(crate) mod record_sleep;
mod shapes;
pub(crate) mod take_notification;
pub(crate) mod unlink;
pub(crate) mod view;
pub(crate) mod view_json;
pub(crate) mod view_link;
mod whoop;
