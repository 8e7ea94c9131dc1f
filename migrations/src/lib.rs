//! The schema of the database, one file a change, each with its way back.
//!
//! The same migrations make the schema on SQLite and on PostgreSQL. Every table that a club or a
//! person owns leads its primary key with them, so that a distributed PostgreSQL can split the tables by it.

use sea_orm_migration::prelude::*;

/// What it takes to run the migrations.
pub mod migration {
    pub use sea_orm_migration::{MigrationStatus, MigratorTrait};
}

mod build;
mod m20261101_000001_accounts;
mod m20261101_000002_credentials;
mod m20261101_000003_clubs;
mod m20261101_000004_events;
mod m20261101_000005_registrations;
mod m20261101_000006_outbox;
mod m20261101_000007_idempotency_keys;
mod m20261101_000008_preferences;
mod m20261101_000009_workouts;
mod m20261101_000010_exercises;
mod m20261101_000011_blocks;
mod m20261101_000012_progress;
mod m20261101_000013_coaching_consents;
mod m20261101_000014_wearables;
mod m20261121_000015_waiting_parties;
mod m20261121_000016_outbox_lanes;

/// Every change of the schema, oldest first.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_000001_accounts::Migration),
            Box::new(m20261101_000002_credentials::Migration),
            Box::new(m20261101_000003_clubs::Migration),
            Box::new(m20261101_000004_events::Migration),
            Box::new(m20261101_000005_registrations::Migration),
            Box::new(m20261101_000006_outbox::Migration),
            Box::new(m20261101_000007_idempotency_keys::Migration),
            Box::new(m20261101_000008_preferences::Migration),
            Box::new(m20261101_000009_workouts::Migration),
            Box::new(m20261101_000010_exercises::Migration),
            Box::new(m20261101_000011_blocks::Migration),
            Box::new(m20261101_000012_progress::Migration),
            Box::new(m20261101_000013_coaching_consents::Migration),
            Box::new(m20261101_000014_wearables::Migration),
            Box::new(m20261121_000015_waiting_parties::Migration),
            Box::new(m20261121_000016_outbox_lanes::Migration),
        ]
    }
}
