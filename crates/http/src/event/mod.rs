//! Scheduled classes and live events.

mod bodies;
pub(crate) mod cancel;
pub(crate) mod create;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod publish;
pub(crate) mod unpublish;
pub(crate) mod view;

pub(crate) use bodies::EventPath;
