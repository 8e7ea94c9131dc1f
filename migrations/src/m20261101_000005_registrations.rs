//! Registrations and their decision logs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, json_binary, text, timestamp_with_time_zone, uuid};

use crate::build::{drop_tables, foreign_key, index, one_of, primary_key, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(registrations()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        manager.create_table(decisions()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["registrations", "registration_decisions"]).await
    }
}

fn registrations() -> TableCreateStatement {
    let table = "registrations";
    Table::create()
        .table(table)
        .col(uuid("club_id"))
        .col(uuid("id"))
        .col(uuid("event_id"))
        .col(uuid("account_id"))
        .col(integer("party_size"))
        .col(text("status"))
        .col(big_integer("queue_number"))
        .col(integer("passes"))
        .col(timestamp_with_time_zone("registered_at"))
        .primary_key(&mut primary_key("pk_registrations", &["club_id", "id"]))
        .foreign_key(&mut foreign_key(
            "fk_registrations_event",
            (table, &["club_id", "event_id"]),
            ("events", &["club_id", "id"]),
        ))
        .foreign_key(&mut foreign_key(
            "fk_registrations_account",
            (table, &["account_id"]),
            ("accounts", &["id"]),
        ))
        .check(("ck_registrations_party_size", Expr::col("party_size").gt(0)))
        .check(("ck_registrations_passes", Expr::col("passes").gte(0)))
        .check(one_of(
            "ck_registrations_status",
            "status",
            &["confirmed", "waitlisted", "cancelled", "attended", "no_show"],
        ))
        .take()
}

fn indexes() -> [IndexCreateStatement; 6] {
    let table = "registrations";
    [
        // Commands name a registration without its club.
        index("ix_registrations_id", table, &["id"]),
        unique("ux_registrations_queue_number", table, &["club_id", "event_id", "queue_number"]),
        // Rule R2, also between nodes.
        unique("ux_registrations_active", table, &["club_id", "event_id", "account_id"])
            .and_where(Expr::col("status").ne("cancelled"))
            .take(),
        // The queue of an event, its head and the positions in it: a fraction of the registrations.
        index("ix_registrations_waitlist", table, &["club_id", "event_id", "queue_number"])
            .and_where(Expr::col("status").eq("waitlisted"))
            .take(),
        // The lists of an event by status.
        index("ix_registrations_status", table, &["club_id", "event_id", "status", "queue_number"]),
        index("ix_registrations_account", table, &["account_id", "id"]),
    ]
}

fn decisions() -> TableCreateStatement {
    let table = "registration_decisions";
    Table::create()
        .table(table)
        .col(uuid("club_id"))
        .col(uuid("registration_id"))
        .col(uuid("id"))
        .col(timestamp_with_time_zone("at"))
        .col(text("outcome"))
        .col(json_binary("reason"))
        .primary_key(&mut primary_key("pk_registration_decisions", &["club_id", "registration_id", "id"]))
        .foreign_key(&mut foreign_key(
            "fk_registration_decisions_registration",
            (table, &["club_id", "registration_id"]),
            ("registrations", &["club_id", "id"]),
        ))
        .take()
}
