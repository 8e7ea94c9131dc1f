//! Who lets the coaches of a club see their workout sessions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{timestamp_with_time_zone, uuid};

use crate::build::{drop_tables, foreign_key, index, owner, primary_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = "coaching_consents";
        let consents = Table::create()
            .table(table)
            .col(uuid("club_id"))
            .col(uuid("account_id"))
            .col(timestamp_with_time_zone("granted_at"))
            .primary_key(&mut primary_key("pk_coaching_consents", &["club_id", "account_id"]))
            .foreign_key(&mut foreign_key(
                "fk_coaching_consents_club",
                (table, &["club_id"]),
                ("clubs", &["id"]),
            ))
            .foreign_key(&mut owner(
                "fk_coaching_consents_account",
                (table, &["account_id"]),
                ("accounts", &["id"]),
            ))
            .take();
        manager.create_table(consents).await?;
        // Whether somebody may see somebody else's workout sessions begins with who consented, in any club.
        manager.create_index(index("ix_coaching_consents_account", table, &["account_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["coaching_consents"]).await
    }
}
