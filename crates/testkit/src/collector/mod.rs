//! A collector of traces, to look at what leaves over the wire.

mod collected;
mod grpc;

pub use collected::{Collected, Shared};
pub use grpc::GrpcCollector;
