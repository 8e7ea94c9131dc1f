//! Two collectors and one emitter.

pub(crate) mod collected;
pub(crate) mod emitter;
pub(crate) mod grpc;
pub(crate) mod http;
