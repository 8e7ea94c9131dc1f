//! The blocks of templates and of workout sessions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, integer_null, text, text_null, uuid};

use crate::build::{covering, drop_tables, foreign_key, index, owner, primary_key, unweighed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(planned()).await?;
        let of = index("ix_planned_blocks_exercise", "planned_blocks", &["exercise_id", "account_id"]);
        manager.create_index(of).await?;
        manager.create_table(performed()).await?;
        unweighed(manager, "workout_blocks").await?;
        for index in performed_indexes(manager) {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["planned_blocks", "workout_blocks"]).await
    }
}

fn planned() -> TableCreateStatement {
    let table = "planned_blocks";
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(uuid("template_id"))
        .col(integer("position"))
        .col(uuid("exercise_id"))
        .col(integer_null("superset"))
        .col(text_null("notes"))
        .col(integer("sets"))
        .col(integer("least_reps"))
        .col(integer("most_reps"))
        // One of them, or none where the load is left open.
        .col(integer_null("load_weight"))
        .col(integer_null("load_percent"))
        .col(integer_null("rest"))
        .col(text("progression"))
        .primary_key(&mut primary_key("pk_planned_blocks", &["account_id", "template_id", "position"]))
        .foreign_key(&mut owner(
            "fk_planned_blocks_template",
            (table, &["account_id", "template_id"]),
            ("workout_templates", &["account_id", "id"]),
        ))
        .foreign_key(&mut foreign_key(
            "fk_planned_blocks_exercise",
            (table, &["exercise_id"]),
            ("exercises", &["id"]),
        ))
        .take()
}

/// A block is one row, its sets in one column: a workout session is written and read as a whole, nothing asks
/// for one set by itself, and these are a quarter of the rows.
fn performed() -> TableCreateStatement {
    let table = "workout_blocks";
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(uuid("session_id"))
        .col(integer("position"))
        .col(uuid("exercise_id"))
        .col(integer_null("superset"))
        .col(text_null("notes"))
        .col(text("sets"))
        // From here on everything is derived, by the domain.
        .col(integer("day"))
        .col(integer("working_sets"))
        .col(integer("reps"))
        .col(big_integer("volume"))
        .col(big_integer("distance"))
        .col(integer_null("one_rep_max"))
        .primary_key(&mut primary_key("pk_workout_blocks", &["account_id", "session_id", "position"]))
        .foreign_key(&mut owner(
            "fk_workout_blocks_session",
            (table, &["account_id", "session_id"]),
            ("workout_sessions", &["account_id", "id"]),
        ))
        .foreign_key(&mut foreign_key(
            "fk_workout_blocks_exercise",
            (table, &["exercise_id"]),
            ("exercises", &["id"]),
        ))
        .take()
}

/// Trends and dashboards are sums over many blocks: they are read from these indexes alone.
fn performed_indexes(manager: &SchemaManager<'_>) -> [IndexCreateStatement; 2] {
    let table = "workout_blocks";
    let sums = ["working_sets", "volume", "one_rep_max"];
    [
        covering(
            manager,
            "ix_workout_blocks_exercise",
            table,
            &["exercise_id", "account_id", "day"],
            &[sums.as_slice(), &["session_id"]].concat(),
        ),
        covering(
            manager,
            "ix_workout_blocks_day",
            table,
            &["account_id", "day"],
            &[sums.as_slice(), &["exercise_id"]].concat(),
        ),
    ]
}
