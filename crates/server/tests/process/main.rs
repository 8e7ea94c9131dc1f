//! The built `spotter` as processes: what only shows when nodes die, share a database, or meet an operator.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a broken helper should stop its test at once")]

mod audit;
mod catalogue;
mod chaos;
mod cli;
mod config;
mod crash;
mod demo;
mod idempotency;
mod imports;
mod migrate;
mod never_oversell;
mod operator;
mod readme;
mod stopping;
mod storm;
mod support;
mod traces;
mod verify;
mod whoop;
