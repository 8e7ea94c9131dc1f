//! Answers kept for requests that may be sent again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{blob, text, timestamp_with_time_zone, uuid};

use crate::build::{drop_tables, index, primary_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = "idempotency_keys";
        let keys = Table::create()
            .table(table)
            // The nil UUID for a request that carries no account: a key can't hold a null.
            .col(uuid("account_id"))
            .col(text("idempotency_key"))
            .col(blob("fingerprint"))
            .col(blob("sealed"))
            .col(timestamp_with_time_zone("expires_at"))
            .primary_key(&mut primary_key("pk_idempotency_keys", &["account_id", "idempotency_key"]))
            .take();
        manager.create_table(keys).await?;
        manager.create_index(index("ix_idempotency_keys_expires_at", table, &["expires_at"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["idempotency_keys"]).await
    }
}
