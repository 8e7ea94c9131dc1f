//! The outbox: announcements that wait to be handled.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, json_binary, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use crate::build::{drop_tables, index, primary_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let outbox = Table::create()
            .table("outbox")
            .col(uuid("id"))
            .col(text("kind"))
            .col(json_binary("payload"))
            .col(uuid_null("club_id"))
            .col(uuid("aggregate_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("processed_at"))
            .col(integer("attempts").default(0))
            .col(integer("max_attempts").default(20))
            .col(timestamp_with_time_zone("next_attempt_at"))
            .col(text_null("last_error"))
            .col(text_null("trace_context"))
            .primary_key(&mut primary_key("pk_outbox", &["id"]))
            .check(("ck_outbox_attempts", Expr::col("attempts").gte(0)))
            .take();
        manager.create_table(outbox).await?;
        // Only what is not processed is ever looked for: the index stays small however long the table gets.
        let due = index("ix_outbox_due", "outbox", &["next_attempt_at", "id"])
            .and_where(Expr::col("processed_at").is_null())
            .take();
        manager.create_index(due).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["outbox"]).await
    }
}
