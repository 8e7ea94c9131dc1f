//! Answers kept for requests that may be sent again, in the transaction of their effects.

use async_trait::async_trait;
use spotter_domain::idempotency::{Claim, IdempotencyRepository, IdempotencySlot, KeptAnswer};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const TABLE: &str = "idempotency_keys";

impl TryFrom<Row> for KeptAnswer {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            fingerprint: row.digest("fingerprint")?,
            sealed: row.get("sealed")?,
            expires_at: row.time("expires_at")?,
        })
    }
}

/// The account of a slot; a key can't hold a null.
fn owner(slot: &IdempotencySlot) -> Uuid {
    slot.account.map_or(Uuid::nil(), spotter_domain::id::AccountId::uuid)
}

/// A lock of the transaction upon the slot's name, taken only if it can be had at once.
fn try_lock(slot: &IdempotencySlot) -> Sql {
    let name = format!("idempotency {} {}", owner(slot), slot.key.as_str());
    let text = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held";
    Sql::new(Backend::Postgres, TABLE, "try_lock", text).text(name)
}

fn find(backend: Backend, slot: &IdempotencySlot) -> Sql {
    let text = "SELECT fingerprint, sealed, expires_at FROM idempotency_keys \
                WHERE account_id = $1 AND idempotency_key = $2";
    Sql::new(backend, TABLE, "find", text).uuid(owner(slot)).text(slot.key.as_str())
}

fn forget(backend: Backend, slot: &IdempotencySlot) -> Sql {
    let text = "DELETE FROM idempotency_keys WHERE account_id = $1 AND idempotency_key = $2";
    Sql::new(backend, TABLE, "forget", text).uuid(owner(slot)).text(slot.key.as_str())
}

fn keep(backend: Backend, slot: &IdempotencySlot, answer: &KeptAnswer) -> Sql {
    let text = "INSERT INTO idempotency_keys (account_id, idempotency_key, fingerprint, sealed, expires_at) \
                VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, idempotency_key) DO NOTHING";
    Sql::new(backend, TABLE, "keep", text)
        .uuid(owner(slot))
        .text(slot.key.as_str())
        .bytes(&answer.fingerprint)
        .bytes(&answer.sealed)
        .time(answer.expires_at)
}

pub(crate) fn purge(backend: Backend, now: Timestamp, limit: u16) -> Sql {
    // What another transaction is about to replace is left to it.
    let skip = backend.locking(" FOR UPDATE SKIP LOCKED");
    let text = format!(
        "WITH expired AS MATERIALIZED (SELECT account_id, idempotency_key FROM idempotency_keys \
         WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2{skip}) \
         DELETE FROM idempotency_keys WHERE (account_id, idempotency_key) IN \
         (SELECT account_id, idempotency_key FROM expired)"
    );
    Sql::new(backend, TABLE, "purge", text).time(now).int(limit)
}

#[async_trait]
impl IdempotencyRepository for SeaOrmUnitOfWork {
    async fn claim(&mut self, slot: &IdempotencySlot, now: Timestamp) -> Result<Claim, StoreError> {
        // On SQLite nobody else is writing, so nobody else holds the slot.
        if self.backend == Backend::Postgres {
            let held = match self.one(try_lock(slot)).await? {
                Some(row) => row.get::<bool>("held")?,
                None => false,
            };
            if !held {
                return Ok(Claim::InFlight);
            }
        }
        // A statement of its own, that it may see what was committed until the lock was had.
        let kept: Option<KeptAnswer> = row::one(self.one(find(self.backend, slot)).await?)?;
        match kept {
            None => Ok(Claim::Free),
            Some(answer) if answer.expires_at > now => Ok(Claim::Answered(answer)),
            Some(_) => {
                self.execute_on(forget(self.backend, slot), owner(slot), 1).await?;
                Ok(Claim::Free)
            }
        }
    }

    async fn keep(&mut self, slot: &IdempotencySlot, answer: &KeptAnswer) -> Result<(), StoreError> {
        match self.execute(keep(self.backend, slot, answer)).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict(String::from("the idempotency key was answered meanwhile"))),
        }
    }

    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError> {
        self.execute(purge(self.backend, now, limit)).await
    }
}
