//! The queue of an event.

pub(crate) mod list;
