//! Clubs and who belongs to them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, text, timestamp_with_time_zone, uuid};

use crate::build::{bytewise_text, drop_tables, foreign_key, one_of, primary_key, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let clubs = Table::create()
            .table("clubs")
            .col(uuid("id"))
            .col(bytewise_text(manager, "slug"))
            .col(text("name"))
            .col(text("time_zone"))
            .col(integer("pass_limit"))
            .col(integer("version"))
            .col(timestamp_with_time_zone("created_at"))
            .primary_key(&mut primary_key("pk_clubs", &["id"]))
            .check(("ck_clubs_pass_limit", Expr::col("pass_limit").gte(0)))
            .take();
        manager.create_table(clubs).await?;
        manager.create_index(unique("ux_clubs_slug", "clubs", &["slug"])).await?;
        manager.create_table(memberships()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["clubs", "memberships"]).await
    }
}

fn memberships() -> TableCreateStatement {
    Table::create()
        .table("memberships")
        .col(uuid("club_id"))
        .col(uuid("account_id"))
        .col(text("role"))
        .col(timestamp_with_time_zone("joined_at"))
        .primary_key(&mut primary_key("pk_memberships", &["club_id", "account_id"]))
        .foreign_key(&mut foreign_key(
            "fk_memberships_club",
            ("memberships", &["club_id"]),
            ("clubs", &["id"]),
        ))
        .foreign_key(&mut foreign_key(
            "fk_memberships_account",
            ("memberships", &["account_id"]),
            ("accounts", &["id"]),
        ))
        .check(one_of("ck_memberships_role", "role", &["member", "coach", "manager", "owner"]))
        .take()
}
