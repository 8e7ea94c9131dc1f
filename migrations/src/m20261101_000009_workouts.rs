//! Templates, workout sessions and imports, without their blocks.
//!
//! They come before the exercises: where a person is deleted, PostgreSQL deletes what is theirs in the order in
//! which it was tied to them, and the blocks have to go before the exercises that they point to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::build::{drop_tables, index, one_of, owner, primary_key, unweighed};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(templates()).await?;
        manager.create_table(sessions()).await?;
        unweighed(manager, "workout_sessions").await?;
        for index in session_indexes() {
            manager.create_index(index).await?;
        }
        manager.create_table(imports()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["workout_templates", "workout_sessions", "imports"]).await
    }
}

fn templates() -> TableCreateStatement {
    let table = "workout_templates";
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(uuid("id"))
        .col(text("title"))
        .col(text_null("notes"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key("pk_workout_templates", &["account_id", "id"]))
        .foreign_key(&mut owner(
            "fk_workout_templates_account",
            (table, &["account_id"]),
            ("accounts", &["id"]),
        ))
        .take()
}

fn sessions() -> TableCreateStatement {
    let table = "workout_sessions";
    Table::create()
        .table(table)
        .col(uuid("account_id"))
        .col(uuid("id"))
        .col(text_null("title"))
        .col(text_null("notes"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(uuid_null("template_id"))
        .col(uuid_null("import_id"))
        .col(uuid_null("source_key"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        // From here on everything is derived, by the domain.
        .col(integer("day"))
        .col(integer("sets"))
        .col(integer("reps"))
        .col(big_integer("volume"))
        .col(integer("seconds"))
        .col(big_integer("distance"))
        .primary_key(&mut primary_key("pk_workout_sessions", &["account_id", "id"]))
        .foreign_key(&mut owner(
            "fk_workout_sessions_account",
            (table, &["account_id"]),
            ("accounts", &["id"]),
        ))
        .take()
}

fn session_indexes() -> [IndexCreateStatement; 6] {
    let table = "workout_sessions";
    let where_set = |mut index: IndexCreateStatement, column: &'static str| {
        index.and_where(Expr::col(column).is_not_null()).take()
    };
    [
        // Queries name a workout session without its person.
        index("ix_workout_sessions_id", table, &["id"]),
        index("ix_workout_sessions_start", table, &["account_id", "started_at", "id"]),
        index("ix_workout_sessions_day", table, &["account_id", "day"]),
        where_set(index("ix_workout_sessions_source", table, &["account_id", "source_key"]), "source_key"),
        where_set(
            index("ix_workout_sessions_import", table, &["account_id", "import_id", "id"]),
            "import_id",
        ),
        where_set(
            index("ix_workout_sessions_template", table, &["account_id", "template_id", "started_at", "id"]),
            "template_id",
        ),
    ]
}

fn imports() -> TableCreateStatement {
    Table::create()
        .table("imports")
        .col(uuid("account_id"))
        .col(uuid("id"))
        .col(text("format"))
        .col(text("mode"))
        .col(text("report"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("undone_at"))
        .col(big_integer_null("sessions_deleted"))
        .col(big_integer_null("sessions_kept"))
        .primary_key(&mut primary_key("pk_imports", &["account_id", "id"]))
        .foreign_key(&mut owner("fk_imports_account", ("imports", &["account_id"]), ("accounts", &["id"])))
        .check(one_of("ck_imports_format", "format", &["strong", "hevy", "spotter"]))
        .check(one_of("ck_imports_mode", "mode", &["real", "dry_run"]))
        .take()
}
