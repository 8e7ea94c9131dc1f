//! The yardstick: a transaction a registration, on one connection that is opened as Spotter opens its own.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    SqlxSqliteConnector, Statement, TransactionOptions, TransactionTrait, Value,
};
use serde_json::json;
use spotter_server::settings::SqliteSettings;
use uuid::Uuid;

use crate::rows::Findings;
use crate::rows::registration::{Ids, Scene};

/// When everything happens: asking the time is none of what is measured.
const NOW: &str = "2026-11-01T08:00:00.000000+00:00";

const COUNT: &str = "UPDATE events SET confirmed = confirmed + (confirmed < capacity), \
     waitlisted = waitlisted + (confirmed >= capacity), next_queue_number = next_queue_number + 1 \
     WHERE club_id = $1 AND id = $2 RETURNING next_queue_number - 1 AS number, waitlisted > 0 AS waits";

const REGISTER: &str = "INSERT INTO registrations (club_id, id, event_id, account_id, party_size, status, \
     queue_number, passes, registered_at) VALUES ($1, $2, $3, $4, 1, $5, $6, 0, $7)";

const ANNOUNCE: &str = "INSERT INTO outbox (id, kind, payload, club_id, aggregate_id, created_at, \
     next_attempt_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";

/// A copy of the database.
#[derive(Debug)]
pub(super) struct Yardstick {
    connection: DatabaseConnection,
    scene: Scene,
    transactions: u64,
}

impl Yardstick {
    /// # Errors
    ///
    /// When the file can't be opened.
    pub(super) async fn prepare(file: &Path, scene: Scene) -> anyhow::Result<Self> {
        let sqlite = SqliteSettings::default();
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_millis(sqlite.busy_timeout_ms))
            .pragma("cache_size", format!("-{}", sqlite.cache_kib))
            .pragma("mmap_size", (sqlite.mmap_mib * 1_024 * 1_024).to_string())
            .disable_statement_logging();
        let pool = PoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        let connection = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
        Ok(Self { connection, scene, transactions: 0 })
    }

    /// Registers for that long, one after the other. Answers how many registrations a second that were.
    ///
    /// # Errors
    ///
    /// When a registration fails.
    pub(super) async fn run(&mut self, turn: u64, time: Duration) -> anyhow::Result<f64> {
        let mut count: u32 = 0;
        let began = Instant::now();
        while began.elapsed() < time && u64::from(count) < self.scene.people {
            self.register(turn, u64::from(count)).await?;
            count += 1;
        }
        self.transactions += u64::from(count);
        Ok(f64::from(count) / began.elapsed().as_secs_f64())
    }

    async fn register(&self, turn: u64, person: u64) -> anyhow::Result<()> {
        let (club, event) = (Ids::CLUBS.id(1), Ids::EVENTS.id(self.scene.event_of(turn, person)));
        let account = Ids::ACCOUNTS.id(person);
        // After those before it, as Spotter's are.
        let id = Uuid::from_u128(u128::from(turn << 32 | person) << 64 | 0x8000_u128 << 48);
        let mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        let transaction = self.connection.begin_with_options(options).await?;
        let counted = transaction.query_one_raw(statement(COUNT, [club.into(), event.into()])).await?;
        let counted = counted.context("there is no such event")?;
        let (number, waits): (i64, bool) = (counted.try_get("", "number")?, counted.try_get("", "waits")?);
        let status = if waits { "waitlisted" } else { "confirmed" };
        let registration = [club, id, event, account].map(Value::from);
        let registration = registration.into_iter().chain([status.into(), number.into(), NOW.into()]);
        execute(&transaction, REGISTER, registration).await?;
        let kind = format!("registration_{status}");
        let payload = json!({
            "kind": kind, "club": club, "event": event, "registration": id, "account": account,
            "party_size": 1, "queue_number": number,
        });
        let message: [Value; 6] =
            [id.into(), kind.into(), payload.to_string().into(), club.into(), event.into(), NOW.into()];
        execute(&transaction, ANNOUNCE, message).await?;
        Ok(transaction.commit().await?)
    }

    /// Whether it did what it says, and as durably as Spotter.
    ///
    /// # Errors
    ///
    /// When the database can't be asked.
    pub(super) async fn check(&self, findings: &mut Findings) -> anyhow::Result<()> {
        let (first, last) = (Ids::EVENTS.id(0), Ids::EVENTS.id(u64::from(u32::MAX)));
        let counted = "SELECT (SELECT COUNT(*) FROM registrations WHERE event_id BETWEEN $1 AND $2) AS registered, \
             (SELECT COUNT(*) FROM outbox WHERE aggregate_id BETWEEN $1 AND $2) AS announced, \
             (SELECT SUM(confirmed + waitlisted) FROM events WHERE id BETWEEN $1 AND $2) AS seats";
        let counted = self.connection.query_one_raw(statement(counted, [first.into(), last.into()])).await?;
        let counted = counted.context("there are no counts")?;
        for what in ["registered", "announced", "seats"] {
            let count: i64 = counted.try_get("", what)?;
            findings.equal(&format!("the yardstick: {what}"), &count.unsigned_abs(), &self.transactions);
        }
        let durable = "SELECT (SELECT journal_mode FROM pragma_journal_mode) AS journal, \
                       (SELECT synchronous FROM pragma_synchronous) AS synchronous";
        let durable = self.connection.query_one_raw(statement(durable, [])).await?;
        let durable = durable.context("there are no settings")?;
        let found: (String, i64) = (durable.try_get("", "journal")?, durable.try_get("", "synchronous")?);
        findings.equal("the yardstick's journal and flushes", &found, &("wal".to_owned(), 2));
        Ok(())
    }
}

fn statement(sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}

async fn execute(
    transaction: &DatabaseTransaction,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> anyhow::Result<()> {
    transaction.execute_raw(statement(sql, values)).await?;
    Ok(())
}
