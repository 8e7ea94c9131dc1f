//! How the outbox is delivered: lanes that are in one hand at a time, and the order within each.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, timestamp_with_time_zone_null, uuid_null};

use crate::build::{drop_tables, index, primary_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The lane of a message: the last hexadecimal digit of its aggregate's id.
const fn lane(backend: sea_orm::DbBackend) -> &'static str {
    match backend {
        sea_orm::DbBackend::Postgres => "(get_byte(uuid_send(aggregate_id), 15) & 15)",
        _ => "CAST(instr('0123456789ABCDEF', substr(hex(aggregate_id), -1)) - 1 AS INTEGER)",
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let lanes = Table::create()
            .table("outbox_lanes")
            .col(integer("lane"))
            .col(uuid_null("holder"))
            .col(timestamp_with_time_zone_null("leased_until"))
            .primary_key(&mut primary_key("pk_outbox_lanes", &["lane"]))
            .check((
                "ck_outbox_lanes_lease",
                Expr::col("holder").is_null().eq(Expr::col("leased_until").is_null()),
            ))
            .take();
        manager.create_table(lanes).await?;
        let connection = manager.get_connection();
        let every = (0..16).map(|lane| format!("({lane})")).collect::<Vec<_>>().join(", ");
        let rows = format!("INSERT INTO outbox_lanes (lane) VALUES {every}");
        connection.execute_unprepared(&rows).await?;
        // Only what is still to be delivered is in it, so it stays small however long the table gets.
        let order = format!(
            "CREATE INDEX ix_outbox_lane ON outbox ({}, id) \
             WHERE processed_at IS NULL AND attempts < max_attempts",
            lane(manager.get_database_backend())
        );
        connection.execute_unprepared(&order).await?;
        // What failed, by what it holds back: as good as empty, and nothing is written to it by announcing.
        let failed = index("ix_outbox_failed", "outbox", &["aggregate_id", "id"])
            .and_where(Expr::col("processed_at").is_null())
            .and_where(Expr::col("attempts").gt(0))
            .take();
        manager.create_index(failed).await?;
        manager.drop_index(Index::drop().name("ix_outbox_due").table("outbox").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let due = index("ix_outbox_due", "outbox", &["next_attempt_at", "id"])
            .and_where(Expr::col("processed_at").is_null())
            .take();
        manager.create_index(due).await?;
        for name in ["ix_outbox_failed", "ix_outbox_lane"] {
            manager.drop_index(Index::drop().name(name).table("outbox").to_owned()).await?;
        }
        drop_tables(manager, &["outbox_lanes"]).await
    }
}
