//! Short forms for what every table needs: named keys, named indexes, checks of words and ranges.

use sea_orm_migration::prelude::*;

/// A named primary key.
pub(crate) fn primary_key(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut key = Index::create().name(name).primary().take();
    for column in columns {
        key.col(*column);
    }
    key
}

/// A named index.
pub(crate) fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A named index that has more of a row than it is found by, so that the row itself need not be read.
///
/// PostgreSQL keeps `others` beside the keys; SQLite knows only keys.
pub(crate) fn covering(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
    others: &[&'static str],
) -> IndexCreateStatement {
    let mut index = index(name, table, columns);
    for other in others {
        if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
            index.include(*other);
        } else {
            index.col(*other);
        }
    }
    index
}

/// A named unique index.
pub(crate) fn unique(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    index(name, table, columns).unique().take()
}

/// A named foreign key.
pub(crate) fn foreign_key(
    name: &'static str,
    (table, columns): (&'static str, &[&'static str]),
    (of_table, of_columns): (&'static str, &[&'static str]),
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create().name(name).take();
    for (column, of_column) in columns.iter().zip(of_columns) {
        key.from(table, *column).to(of_table, *of_column);
    }
    key
}

/// A named foreign key of rows that go when what they belong to goes.
pub(crate) fn owner(
    name: &'static str,
    (table, columns): (&'static str, &[&'static str]),
    (of_table, of_columns): (&'static str, &[&'static str]),
) -> ForeignKeyCreateStatement {
    foreign_key(name, (table, columns), (of_table, of_columns)).on_delete(ForeignKeyAction::Cascade).take()
}

/// A named check that a column holds one of some words.
pub(crate) fn one_of(
    name: &'static str,
    column: &'static str,
    words: &[&'static str],
) -> (&'static str, Expr) {
    (name, Expr::col(column).is_in(words.iter().copied()))
}

/// A text column that sorts by its bytes on every database, whatever the locale of the server.
pub(crate) fn bytewise_text(manager: &SchemaManager<'_>, column: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(column).text().not_null().take();
    if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// Has PostgreSQL take a person for one of two hundred instead of weighing them, in a table of which
/// everybody's share is alike.
///
/// Weighed, whoever has just come has no rows as far as it knows. Then any index that begins with the person
/// looks as good as the one that is meant, and a join of all their rows with all their rows looks like nothing.
pub(crate) async fn unweighed(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != sea_orm::DbBackend::Postgres {
        return Ok(());
    }
    let text = format!("ALTER TABLE {table} ALTER COLUMN account_id SET STATISTICS 0");
    manager.get_connection().execute_unprepared(&text).await.map(drop)
}

/// Drops tables, the last one first.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables.iter().rev() {
        manager.drop_table(Table::drop().table(*table).take()).await?;
    }
    Ok(())
}
