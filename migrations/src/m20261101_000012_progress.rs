//! What is derived from workout sessions: daily summaries and personal records.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, timestamp_with_time_zone, uuid};

use crate::build::{bytewise_text, drop_tables, foreign_key, index, one_of, owner, primary_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(summaries()).await?;
        manager.create_table(records(manager)).await?;
        // By the exercise first: before one is deleted, the database looks for what points to it.
        manager
            .create_index(index("ix_personal_records_exercise", "personal_records", &["exercise_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["daily_summaries", "personal_records"]).await
    }
}

fn summaries() -> TableCreateStatement {
    let table = "daily_summaries";
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(integer("day"))
        // The first day of its month.
        .col(integer("month"))
        .col(integer("sessions"))
        .col(integer("sets"))
        .col(big_integer("reps"))
        .col(big_integer("volume"))
        .col(big_integer("seconds"))
        .col(big_integer("distance"))
        .primary_key(&mut primary_key("pk_daily_summaries", &["account_id", "day"]))
        .foreign_key(&mut owner(
            "fk_daily_summaries_account",
            (table, &["account_id"]),
            ("accounts", &["id"]),
        ))
        .take()
}

fn records(manager: &SchemaManager<'_>) -> TableCreateStatement {
    let table = "personal_records";
    let kinds = ["farthest", "heaviest", "longest", "most_reps", "most_volume", "one_rep_max"];
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(uuid("exercise_id"))
        .col(bytewise_text(manager, "kind"))
        .col(bytewise_text(manager, "load"))
        .col(integer("weight"))
        .col(big_integer("value"))
        .col(uuid("session_id"))
        .col(timestamp_with_time_zone("achieved_at"))
        .primary_key(&mut primary_key(
            "pk_personal_records",
            &["account_id", "exercise_id", "kind", "load", "weight"],
        ))
        .foreign_key(&mut owner(
            "fk_personal_records_account",
            (table, &["account_id"]),
            ("accounts", &["id"]),
        ))
        .foreign_key(&mut foreign_key(
            "fk_personal_records_exercise",
            (table, &["exercise_id"]),
            ("exercises", &["id"]),
        ))
        .check(one_of("ck_personal_records_kind", "kind", &kinds))
        .check(one_of("ck_personal_records_load", "load", &["assisted", "bodyweight", "external"]))
        .take()
}
