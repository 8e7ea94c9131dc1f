//! Every port in memory: the conformance baseline.
//!
//! [`MemoryStore`] keeps what the databases keep and refuses what they refuse. A unit of work is the only
//! writer while it lives: it works on a snapshot of its own, and its commit swaps the snapshot in. Readers
//! never wait; they see the last commit. [`MemoryRateLimiter`] counts attempts for a single node.

mod account;
mod club;
mod event;
mod idempotency;
mod operations;
mod outbox;
mod owned;
mod page;
mod progress;
mod rate_limit;
mod refusal;
mod registration;
mod state;
mod store;
mod table;
mod waitlist;
mod wearable;
mod workout;

pub use rate_limit::MemoryRateLimiter;
pub use store::MemoryStore;
