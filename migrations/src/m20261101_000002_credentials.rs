//! Refresh tokens and API keys, stored by their digests.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{blob, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid};

use crate::build::{drop_tables, foreign_key, index, primary_key, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(refresh_tokens()).await?;
        for index in [
            unique("ux_refresh_tokens_digest", "refresh_tokens", &["digest"]),
            index("ix_refresh_tokens_family", "refresh_tokens", &["family"]),
            index("ix_refresh_tokens_expires_at", "refresh_tokens", &["expires_at"]),
        ] {
            manager.create_index(index).await?;
        }
        manager.create_table(api_keys()).await?;
        manager.create_index(unique("ux_api_keys_digest", "api_keys", &["digest"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["refresh_tokens", "api_keys"]).await
    }
}

fn refresh_tokens() -> TableCreateStatement {
    Table::create()
        .table("refresh_tokens")
        .col(uuid("id"))
        .col(uuid("family"))
        .col(uuid("account_id"))
        .col(blob("digest"))
        .col(timestamp_with_time_zone("issued_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .primary_key(&mut primary_key("pk_refresh_tokens", &["id"]))
        .foreign_key(&mut foreign_key(
            "fk_refresh_tokens_account",
            ("refresh_tokens", &["account_id"]),
            ("accounts", &["id"]),
        ))
        .take()
}

fn api_keys() -> TableCreateStatement {
    Table::create()
        .table("api_keys")
        .col(uuid("account_id"))
        .col(uuid("id"))
        .col(blob("digest"))
        .col(text("name"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key("pk_api_keys", &["account_id", "id"]))
        .foreign_key(&mut foreign_key(
            "fk_api_keys_account",
            ("api_keys", &["account_id"]),
            ("accounts", &["id"]),
        ))
        .take()
}
