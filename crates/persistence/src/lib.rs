//! The ports of the domain on SQLite, the embedded default, and on PostgreSQL.
//!
//! [`Database`] is the one way in: it begins units of work on the write pool ([`spotter_domain::Store`]),
//! answers the query ports on the read pool, and tells an operator how both are doing. Each repository and
//! each query stands under the path of its port.
//!
//! The SQL is written by hand: most statements are the same text on both databases, and where the dialects
//! differ, [`Backend`] knows how. A batch is one statement whatever its size: its rows travel as one JSON
//! document. Rows become aggregates by `TryFrom`; a row that can't is an error that names it.

mod account;
mod backend;
mod batch;
mod club;
mod columns;
mod conditions;
mod database;
mod error;
mod event;
pub mod explain;
mod gate;
mod idempotency;
mod outbox;
mod progress;
mod registration;
mod row;
mod settings;
mod sql;
mod store;
mod time;
mod waitlist;
mod wearable;
mod workout;

pub use backend::Backend;
pub use database::{Database, MigrationState};
pub use error::DatabaseError;
pub use settings::{DatabaseSettings, PoolSettings, SqliteSettings};
