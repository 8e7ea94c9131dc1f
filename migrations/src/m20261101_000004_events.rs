//! Events with the counters of their seats.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, integer_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};

use crate::build::{drop_tables, foreign_key, index, one_of, primary_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(events()).await?;
        // Commands name an event without its club.
        manager.create_index(index("ix_events_id", "events", &["id"])).await?;
        manager.create_index(index("ix_events_club_start", "events", &["club_id", "starts_at", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["events"]).await
    }
}

fn events() -> TableCreateStatement {
    Table::create()
        .table("events")
        .col(uuid("club_id"))
        .col(uuid("id"))
        .col(text("title"))
        .col(text_null("description"))
        .col(text_null("location"))
        .col(timestamp_with_time_zone("starts_at"))
        .col(timestamp_with_time_zone("ends_at"))
        .col(timestamp_with_time_zone_null("cutoff_at"))
        .col(text("status"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(boolean("waitlist_enabled"))
        .col(integer_null("waitlist_capacity"))
        .col(integer("capacity"))
        .col(integer("confirmed"))
        .col(integer("waitlisted"))
        .col(big_integer("next_queue_number"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key("pk_events", &["club_id", "id"]))
        .foreign_key(&mut foreign_key("fk_events_club", ("events", &["club_id"]), ("clubs", &["id"])))
        .check(one_of("ck_events_status", "status", &["draft", "published", "cancelled"]))
        .check(("ck_events_ends_after_start", Expr::col("ends_at").gt(Expr::col("starts_at"))))
        // The last line of defence against overselling (rule R1): the database refuses it, too.
        .check(("ck_events_confirmed", Expr::col("confirmed").between(0, Expr::col("capacity"))))
        .check(("ck_events_waitlisted", Expr::col("waitlisted").gte(0)))
        .take()
}
