//! What is true: Spotter's aggregates, value objects, domain events and port traits.
//!
//! This crate knows no runtime, no storage, no transport, no clock and no randomness of its own. A rule
//! that can be decided from values alone is decided here, once, and every adapter obeys it.
//!
//! # To add a repository
//!
//! 1. Write the trait in `<context>/repository.rs`, batch first, absence as `Ok(None)`.
//! 2. Add its accessor to [`store::UnitOfWork`].
//! 3. Implement it under the same path in `memory` and in `persistence`.
//! 4. Describe its behaviour in `testkit`'s conformance suite of that context.
//! 5. Call the suite from both adapters' `tests/conformance.rs`.

#![cfg_attr(test, expect(clippy::float_cmp, reason = "that numbers come back exactly is what is asserted"))]

pub mod account;
pub mod clock;
pub mod club;
pub mod domain_event;
pub mod event;
pub mod id;
pub mod idempotency;
pub mod invalid;
pub mod outbox;
pub mod page;
pub mod patch;
pub mod progress;
pub mod rate_limit;
pub mod registration;
pub mod store;
pub mod text;
pub mod vault;
pub mod waitlist;
pub mod wearable;
pub mod workout;

pub use clock::{Clock, Timestamp};
pub use id::IdGenerator;
pub use invalid::Invalid;
pub use store::{Store, StoreError, UnitOfWork};
