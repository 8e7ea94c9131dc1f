//! What is known of imports.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ImportId};
use spotter_domain::page::PageRequest;
use spotter_domain::workout::{ExportFormat, Import, ImportMode, ImportRepository, Undone};

use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const TABLE: &str = "imports";

const COLUMNS: &str = "account_id, id, format, mode, report, created_at, undone_at, sessions_deleted, \
                       sessions_kept";

const fn mode_word(mode: ImportMode) -> &'static str {
    match mode {
        ImportMode::Real => "real",
        ImportMode::DryRun => "dry_run",
    }
}

fn read_undone(row: &Row) -> Result<Option<Undone>, StoreError> {
    let Some(at) = row.time_or_null("undone_at")? else { return Ok(None) };
    let counted = |column| row.big_or_null(column)?.ok_or_else(|| row.corrupt(column, "is null"));
    Ok(Some(Undone {
        at,
        sessions_deleted: counted("sessions_deleted")?,
        sessions_kept: counted("sessions_kept")?,
    }))
}

impl TryFrom<Row> for Import {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let mode: String = row.get("mode")?;
        let known =
            [ImportMode::Real, ImportMode::DryRun].into_iter().find(|known| mode_word(*known) == mode);
        Ok(Self {
            id: row.id("id")?,
            account: row.id("account_id")?,
            format: row.parse("format", ExportFormat::parse)?,
            mode: known.ok_or_else(|| row.corrupt("mode", "must be real or dry_run"))?,
            report: row.json_text("report")?,
            created_at: row.time("created_at")?,
            undone: read_undone(&row)?,
        })
    }
}

pub(super) fn by_id(backend: Backend, account: AccountId, id: ImportId) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM imports WHERE account_id = $1 AND id = $2");
    Sql::new(backend, TABLE, "by_id", text).uuid(account.uuid()).uuid(id.uuid())
}

/// Latest first is by id: ids sort by the time they were made.
pub(super) fn list(backend: Backend, account: AccountId, page: PageRequest<ImportId>) -> Sql {
    let after = if page.after.is_some() { " AND id < $3" } else { "" };
    let text =
        format!("SELECT {COLUMNS} FROM imports WHERE account_id = $1{after} ORDER BY id DESC LIMIT $2");
    let sql = Sql::new(backend, TABLE, "list", text).uuid(account.uuid()).big(page.limit.with_lookahead());
    match page.after {
        Some(after) => sql.uuid(after.uuid()),
        None => sql,
    }
}

fn insert(backend: Backend, import: &Import) -> Result<Sql, StoreError> {
    let text = format!("INSERT INTO imports ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    let sql = Sql::new(backend, TABLE, "insert", text)
        .uuid(import.account.uuid())
        .uuid(import.id.uuid())
        .text(import.format.as_str())
        .text(mode_word(import.mode))
        .json(&import.report)?
        .time(import.created_at);
    Ok(undone(sql, import))
}

fn save_undone(backend: Backend, import: &Import) -> Sql {
    let text = "UPDATE imports SET undone_at = $3, sessions_deleted = $4, sessions_kept = $5 \
                WHERE account_id = $1 AND id = $2";
    let sql = Sql::new(backend, TABLE, "save_undone", text);
    undone(sql.uuid(import.account.uuid()).uuid(import.id.uuid()), import)
}

/// Binds the last three columns.
fn undone(sql: Sql, import: &Import) -> Sql {
    let counted = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    sql.time_or_null(import.undone.map(|undone| undone.at))
        .int_or_null(import.undone.map(|undone| counted(undone.sessions_deleted)))
        .int_or_null(import.undone.map(|undone| counted(undone.sessions_kept)))
}

#[async_trait]
impl ImportRepository for SeaOrmUnitOfWork {
    async fn by_id(&mut self, account: AccountId, id: ImportId) -> Result<Option<Import>, StoreError> {
        row::one(self.one(by_id(self.backend, account, id)).await?)
    }

    async fn insert(&mut self, import: &Import) -> Result<(), StoreError> {
        self.execute_on(insert(self.backend, import)?, import.id.uuid(), 1).await
    }

    async fn save_undone(&mut self, import: &Import) -> Result<(), StoreError> {
        self.execute_on(save_undone(self.backend, import), import.id.uuid(), 1).await
    }
}
