//! Preferences of people about their workouts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, integer_null, text};

use crate::build::one_of;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            // One at a time: SQLite takes no more.
            manager.alter_table(Table::alter().table("accounts").add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns().iter().rev() {
            let name = column.get_column_name();
            manager.alter_table(Table::alter().table("accounts").drop_column(name).take()).await?;
        }
        Ok(())
    }
}

/// The defaults are those of `Preferences::default`: whoever was there before prefers nothing else.
fn columns() -> [ColumnDef; 9] {
    let formulas = ["epley", "brzycki", "lombardi", "mayhew", "oconner", "wathan", "lander"];
    let progressions = ["linear", "double", "wave"];
    [
        text("one_rep_max")
            .default("epley")
            .check(one_of("ck_accounts_one_rep_max", "one_rep_max", &formulas))
            .take(),
        integer("default_rest").default(120).take(),
        text("progression")
            .default("linear")
            .check(one_of("ck_accounts_progression", "progression", &progressions))
            .take(),
        integer_null("warmup_1").default(40).take(),
        integer_null("warmup_2").default(60).take(),
        integer_null("warmup_3").default(80).take(),
        integer_null("warmup_4"),
        integer_null("warmup_5"),
        // Grows whenever an exercise or a name of the person changes.
        integer("exercises_version").default(1).take(),
    ]
}
