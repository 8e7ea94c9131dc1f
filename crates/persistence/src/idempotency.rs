//! Answers kept for requests that may be sent again, in the transaction of their effects.

use async_trait::async_trait;
use spotter_domain::idempotency::{Claim, IdempotencyRepository, IdempotencySlot, KeptAnswer};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use crate::Backend;
use crate::columns::Columns;
use crate::row::Row;
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

/// Finds what was answered, and takes a lock of the transaction upon the name of each other slot, if it can
/// be had at once.
///
/// An answer that was committed between the moment that the statement sees and the lock is not found, and the
/// slot looks free. [`keep`] then runs into it, and the whole unit of work is run again.
pub(crate) fn claim(backend: Backend, slots: &[IdempotencySlot], now: Timestamp) -> Sql {
    let asked = Columns::new(backend)
        .uuids("account_id", slots.iter().map(owner))
        .texts("idempotency_key", slots.iter().map(|slot| slot.key.as_str()))
        .integers("place", 0..i32::try_from(slots.len()).unwrap_or(i32::MAX));
    let (rows, number) = (asked.rows("s", 1), 1 + asked.parameters());
    let found = format!(
        "k.account_id = s.account_id AND k.idempotency_key = s.idempotency_key AND k.expires_at > ${number}"
    );
    let text = match backend {
        Backend::Postgres => format!(
            "SELECT s.place, k.fingerprint, k.sealed, k.expires_at, CASE WHEN k.sealed IS NULL THEN \
             pg_try_advisory_xact_lock(hashtextextended('idempotency ' || s.account_id || ' ' || \
             s.idempotency_key, 0)) ELSE true END AS held FROM {rows} \
             LEFT JOIN LATERAL (SELECT * FROM idempotency_keys k WHERE {found} LIMIT 1) AS k ON true"
        ),
        // Nobody else is writing, so nobody else holds a slot.
        Backend::Sqlite => format!(
            "SELECT s.place, k.fingerprint, k.sealed, k.expires_at, true AS held FROM {rows} \
             LEFT JOIN idempotency_keys AS k ON {found}"
        ),
    };
    asked.bind(Sql::new(backend, TABLE, "claim", text)).time(now)
}

fn read_claim(row: Row) -> Result<(i32, Claim), StoreError> {
    let place = row.int("place")?;
    let claim = match (row.get::<Option<Vec<u8>>>("sealed")?, row.get::<bool>("held")?) {
        (Some(_), _) => Claim::Answered(KeptAnswer::try_from(row)?),
        (None, true) => Claim::Free,
        (None, false) => Claim::InFlight,
    };
    Ok((place, claim))
}

fn keep(backend: Backend, answers: &[(IdempotencySlot, KeptAnswer)], now: Timestamp) -> Sql {
    let lines = Columns::new(backend)
        .uuids("account_id", answers.iter().map(|(slot, _)| owner(slot)))
        .texts("idempotency_key", answers.iter().map(|(slot, _)| slot.key.as_str()))
        .bytes("fingerprint", answers.iter().map(|(_, answer)| answer.fingerprint.to_vec()))
        .bytes("sealed", answers.iter().map(|(_, answer)| answer.sealed.clone()))
        .times("expires_at", answers.iter().map(|(_, answer)| answer.expires_at));
    let (names, rows, number) = (lines.names(), lines.rows("r", 1), 1 + lines.parameters());
    let text = format!(
        "INSERT INTO idempotency_keys AS k ({names}) SELECT {names} FROM {rows} WHERE true \
         ON CONFLICT (account_id, idempotency_key) DO UPDATE SET fingerprint = excluded.fingerprint, \
         sealed = excluded.sealed, expires_at = excluded.expires_at WHERE k.expires_at <= ${number}"
    );
    lines.bind(Sql::new(backend, TABLE, "keep", text)).time(now)
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
    async fn claim(&mut self, slots: &[IdempotencySlot], now: Timestamp) -> Result<Vec<Claim>, StoreError> {
        if slots.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.all(claim(self.backend, slots, now)).await?;
        let claims: Result<Vec<_>, _> = rows.into_iter().map(read_claim).collect();
        let mut claims = claims?;
        claims.sort_unstable_by_key(|(place, _)| *place);
        Ok(claims.into_iter().map(|(_, claim)| claim).collect())
    }

    async fn keep(
        &mut self,
        answers: &[(IdempotencySlot, KeptAnswer)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if answers.is_empty() {
            return Ok(());
        }
        self.execute_or_conflict(keep(self.backend, answers, now), answers.len()).await
    }

    async fn purge(&mut self, now: Timestamp, limit: u16) -> Result<u64, StoreError> {
        self.execute(purge(self.backend, now, limit)).await
    }
}
