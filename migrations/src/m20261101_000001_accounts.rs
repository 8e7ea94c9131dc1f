//! People.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, integer, text, text_null, timestamp_with_time_zone, uuid};

use crate::build::{drop_tables, one_of, primary_key, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let accounts = Table::create()
            .table("accounts")
            .col(uuid("id"))
            .col(text("email"))
            .col(text("email_canonical"))
            .col(text("display_name"))
            .col(text("password_hash"))
            .col(text("units"))
            .col(text("week_start"))
            .col(text_null("time_zone"))
            .col(boolean("is_operator"))
            .col(integer("version"))
            .col(timestamp_with_time_zone("created_at"))
            .primary_key(&mut primary_key("pk_accounts", &["id"]))
            .check(one_of("ck_accounts_units", "units", &["metric", "imperial"]))
            .check(one_of("ck_accounts_week_start", "week_start", &["monday", "sunday", "saturday"]))
            .take();
        manager.create_table(accounts).await?;
        manager.create_index(unique("ux_accounts_email_canonical", "accounts", &["email_canonical"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["accounts"]).await
    }
}
