//! Exercises of the catalogue and of people, and the names that lead to them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, text, text_null, timestamp_with_time_zone, uuid, uuid_null};

use crate::build::{drop_tables, foreign_key, index, one_of, owner, primary_key, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(exercises()).await?;
        // Nobody has two exercises whose names come to the same. The catalogue answers for itself.
        let own = unique("ux_exercises_name_key", "exercises", &["account_id", "name_key"])
            .and_where(Expr::col("account_id").is_not_null())
            .take();
        manager.create_index(own).await?;
        manager.create_table(aliases()).await?;
        // By the exercise first, here and for blocks: before an exercise is deleted, the database looks for
        // what points to it, whoever's that is.
        let leading =
            index("ix_exercise_aliases_exercise", "exercise_aliases", &["exercise_id", "account_id"]);
        manager.create_index(leading).await?;
        manager.create_table(catalogue()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["exercises", "exercise_aliases", "catalogue"]).await
    }
}

fn exercises() -> TableCreateStatement {
    let equipment = [
        "none",
        "barbell",
        "dumbbell",
        "kettlebell",
        "cable",
        "machine",
        "smith_machine",
        "ez_bar",
        "trap_bar",
        "landmine",
        "band",
        "plate",
        "medicine_ball",
        "suspension",
        "sled",
        "cardio_machine",
        "other",
    ];
    Table::create()
        .table("exercises")
        .col(uuid("id"))
        // Null in the catalogue.
        .col(uuid_null("account_id"))
        .col(text("name"))
        .col(text("name_key"))
        .col(integer("primary_muscles"))
        .col(integer("secondary_muscles"))
        .col(text("equipment"))
        .col(text_null("mechanic"))
        .col(text_null("force"))
        .col(text("load"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key("pk_exercises", &["id"]))
        .foreign_key(&mut owner(
            "fk_exercises_account",
            ("exercises", &["account_id"]),
            ("accounts", &["id"]),
        ))
        .check(one_of("ck_exercises_equipment", "equipment", &equipment))
        .check(one_of("ck_exercises_mechanic", "mechanic", &["compound", "isolation"]))
        .check(one_of("ck_exercises_force", "force", &["push", "pull", "static"]))
        .check(one_of("ck_exercises_load", "load", &["external", "bodyweight", "assisted", "none"]))
        .take()
}

fn aliases() -> TableCreateStatement {
    let table = "exercise_aliases";
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(text("name_key"))
        .col(text("name"))
        .col(uuid("exercise_id"))
        .primary_key(&mut primary_key("pk_exercise_aliases", &["account_id", "name_key"]))
        .foreign_key(&mut owner(
            "fk_exercise_aliases_account",
            (table, &["account_id"]),
            ("accounts", &["id"]),
        ))
        .foreign_key(&mut foreign_key(
            "fk_exercise_aliases_exercise",
            (table, &["exercise_id"]),
            ("exercises", &["id"]),
        ))
        .take()
}

/// One row: what the catalogue in the program was when it was stored last.
fn catalogue() -> TableCreateStatement {
    Table::create()
        .table("catalogue")
        .col(integer("id"))
        .col(text("digest"))
        .primary_key(&mut primary_key("pk_catalogue", &["id"]))
        .check(("ck_catalogue_id", Expr::col("id").eq(1)))
        .take()
}
