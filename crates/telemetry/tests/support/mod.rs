//! Another collector, and the emitter.

pub(crate) mod emitter;
pub(crate) mod http;
