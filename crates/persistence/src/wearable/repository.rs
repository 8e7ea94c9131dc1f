//! Writing what wearables recorded.

use async_trait::async_trait;
use spotter_domain::id::{AccountId, WearableRecordId};
use spotter_domain::store::Inserted;
use spotter_domain::wearable::{
    Tier, WearableKind, WearableRecord, WearableRepository, WearableView, Written,
};
use spotter_domain::{StoreError, Timestamp};

use super::{queries, raw};
use crate::Backend;
use crate::row;
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

pub(super) const TABLE: &str = "wearable_records";
const LINKS: &str = "wearable_links";
const NOTIFICATIONS: &str = "wearable_notifications";

/// Parameters 1 to 14: all but the id.
fn with_columns(sql: Sql, record: &WearableRecord) -> Result<Sql, StoreError> {
    let figures = &record.figures;
    let recovery_tier = figures.recovery.map(|percent| Tier::of_recovery(percent).as_str());
    let sleep_tier = figures.sleep_performance.map(|percent| Tier::of_sleep(percent).as_str());
    Ok(sql
        .uuid(record.account.uuid())
        .text(record.kind.as_str())
        .text(record.external_id.as_str())
        .time(record.recorded_at)
        .time(record.updated_at)
        .int_or_null(figures.recovery)
        .text_or_null(recovery_tier)
        .int_or_null(figures.resting_heart_rate)
        .int_or_null(figures.hrv_micros)
        .int_or_null(figures.sleep_performance)
        .text_or_null(sleep_tier)
        .int_or_null(figures.strain_hundredths)
        .flag_or_null(figures.nap)
        .bytes(&raw::compress(&record.raw)?))
}

fn insert(backend: Backend, record: &WearableRecord) -> Result<Sql, StoreError> {
    let text = "INSERT INTO wearable_records (account_id, kind, external_id, recorded_at, updated_at, \
                recovery, recovery_tier, resting_heart_rate, hrv_micros, sleep_performance, sleep_tier, \
                strain_hundredths, nap, raw, id) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
                ON CONFLICT (account_id, kind, external_id) DO NOTHING";
    Ok(with_columns(Sql::new(backend, TABLE, "insert", text), record)?.uuid(record.id.uuid()))
}

fn replace_older(backend: Backend, record: &WearableRecord) -> Result<Sql, StoreError> {
    let text = "UPDATE wearable_records SET recorded_at = $4, updated_at = $5, recovery = $6, \
                recovery_tier = $7, resting_heart_rate = $8, hrv_micros = $9, sleep_performance = $10, \
                sleep_tier = $11, strain_hundredths = $12, nap = $13, raw = $14 \
                WHERE account_id = $1 AND kind = $2 AND external_id = $3 AND updated_at < $5 RETURNING id";
    with_columns(Sql::new(backend, TABLE, "replace_older", text), record)
}

fn named(sql: Sql, account: AccountId, kind: WearableKind, external_id: &str) -> Sql {
    sql.uuid(account.uuid()).text(kind.as_str()).text(external_id)
}

fn id_of(backend: Backend, record: &WearableRecord) -> Sql {
    let text = "SELECT id FROM wearable_records WHERE account_id = $1 AND kind = $2 AND external_id = $3";
    let sql = Sql::new(backend, TABLE, "id_of", text);
    named(sql, record.account, record.kind, &record.external_id)
}

fn delete(backend: Backend, account: AccountId, kind: WearableKind, external_id: &str) -> Sql {
    let text = "DELETE FROM wearable_records WHERE account_id = $1 AND kind = $2 AND external_id = $3 \
                RETURNING id";
    named(Sql::new(backend, TABLE, "delete", text), account, kind, external_id)
}

fn linked(backend: Backend, maker_user: i64) -> Sql {
    let text = "SELECT account_id FROM wearable_links WHERE maker_user = $1";
    Sql::new(backend, LINKS, "linked", text).int(maker_user)
}

fn link(backend: Backend, account: AccountId, maker_user: i64) -> Sql {
    let text = "INSERT INTO wearable_links (maker_user, account_id) VALUES ($1, $2) \
                ON CONFLICT (account_id) DO UPDATE SET maker_user = excluded.maker_user";
    Sql::new(backend, LINKS, "link", text).int(maker_user).uuid(account.uuid())
}

fn unlink(backend: Backend, account: AccountId) -> Sql {
    let text = "DELETE FROM wearable_links WHERE account_id = $1";
    Sql::new(backend, LINKS, "unlink", text).uuid(account.uuid())
}

fn note(backend: Backend, name: &str, at: Timestamp) -> Sql {
    let text = "INSERT INTO wearable_notifications (name, received_at) VALUES ($1, $2) \
                ON CONFLICT (name) DO NOTHING";
    Sql::new(backend, NOTIFICATIONS, "note", text).text(name).time(at)
}

pub(crate) fn purge(backend: Backend, before: Timestamp, limit: u16) -> Sql {
    let skip = backend.locking(" FOR UPDATE SKIP LOCKED");
    let text = format!(
        "WITH expired AS MATERIALIZED (SELECT name FROM wearable_notifications \
         WHERE received_at < $1 ORDER BY received_at LIMIT $2{skip}) \
         DELETE FROM wearable_notifications WHERE name IN (SELECT name FROM expired)"
    );
    Sql::new(backend, NOTIFICATIONS, "purge", text).time(before).int(limit)
}

#[async_trait]
impl WearableRepository for SeaOrmUnitOfWork {
    /// An insert that is in the way of this one is waited for, and what it wrote is then there to be compared
    /// with: each of the statements sees what was committed before it.
    async fn save(&mut self, record: &WearableRecord) -> Result<Written, StoreError> {
        if self.insert_unless_taken(insert(self.backend, record)?).await? == Inserted::New {
            return Ok(Written::New);
        }
        if let Some(row) = self.one(replace_older(self.backend, record)?).await? {
            return Ok(Written::Replaced(row.id("id")?));
        }
        match self.one(id_of(self.backend, record)).await? {
            Some(row) => Ok(Written::Older(row.id("id")?)),
            None => Err(StoreError::Conflict(format!("{TABLE}.id_of: the record was deleted meanwhile"))),
        }
    }

    async fn by_id(
        &mut self,
        account: AccountId,
        id: WearableRecordId,
    ) -> Result<Option<WearableView>, StoreError> {
        row::one(self.one(queries::record(self.backend, account, id)).await?)
    }

    async fn delete(
        &mut self,
        account: AccountId,
        kind: WearableKind,
        external_id: &str,
    ) -> Result<Option<WearableRecordId>, StoreError> {
        let row = self.one(delete(self.backend, account, kind, external_id)).await?;
        row.map(|row| row.id("id")).transpose()
    }

    /// Somebody else who is linked to the same user meanwhile makes this a conflict, and a duplicate when it is
    /// tried again.
    async fn link(&mut self, account: AccountId, maker_user: i64) -> Result<Inserted, StoreError> {
        match self.linked(maker_user).await? {
            Some(holder) if holder == account => Ok(Inserted::New),
            Some(_) => Ok(Inserted::Duplicate),
            None => {
                let link = link(self.backend, account, maker_user);
                self.execute_on(link, account.uuid(), 1).await.map(|()| Inserted::New)
            }
        }
    }

    async fn unlink(&mut self, account: AccountId) -> Result<u64, StoreError> {
        self.execute(unlink(self.backend, account)).await
    }

    async fn linked(&mut self, maker_user: i64) -> Result<Option<AccountId>, StoreError> {
        let row = self.one(linked(self.backend, maker_user)).await?;
        row.map(|row| row.id("account_id")).transpose()
    }

    async fn note_notification(&mut self, name: &str, at: Timestamp) -> Result<Inserted, StoreError> {
        self.insert_unless_taken(note(self.backend, name, at)).await
    }

    async fn purge_notifications(&mut self, before: Timestamp, limit: u16) -> Result<u64, StoreError> {
        self.execute(purge(self.backend, before, limit)).await
    }
}
