//! Conformance suites for every port, disposable services and fixtures.
//!
//! Everything here serves tests: it panics where production code would answer with an error.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that meets something unexpected has failed, and a panic says where"
)]
#![expect(clippy::unused_async, reason = "the conformance macros await every behaviour alike")]

pub mod clock;
pub mod collector;
pub mod conformance;
pub mod database;
pub mod fixtures;
pub mod ids;
pub mod services;
