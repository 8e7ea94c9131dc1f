//! The queue of the outbox: each function is a short transaction.

use async_trait::async_trait;
use spotter_domain::id::MessageId;
use spotter_domain::outbox::{
    Delivery, Failure, Lane, Lanes, Lease, LeaseRequest, OutboxMessage, OutboxNumbers, OutboxQueue,
};
use spotter_domain::{StoreError, Timestamp, UnitOfWork};

use super::{deliver, settle};
use crate::row::{self, Row};
use crate::store::SeaOrmUnitOfWork;
use crate::{Backend, Database};

impl TryFrom<Row> for Delivery {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            aggregate: row.get("aggregate_id")?,
            attempts: row.int("attempts")?,
            max_attempts: row.int("max_attempts")?,
            message: OutboxMessage::try_from(row),
        })
    }
}

fn lanes(rows: &[Row]) -> Result<Lanes, StoreError> {
    let lane =
        |row: &Row| Lane::new(row.int("lane")?).ok_or_else(|| row.corrupt("lane", "there is no such lane"));
    rows.iter().map(lane).collect()
}

#[async_trait]
impl OutboxQueue for Database {
    async fn lease(&self, request: &LeaseRequest) -> Result<Option<Lease>, StoreError> {
        if self.backend() == Backend::Sqlite {
            let due = self.read_one(deliver::due_lanes(self.backend(), request.now)).await?;
            if due.map_or(Ok(0), |row| row.big("count"))? == 0 {
                return Ok(None);
            }
        }
        let mut work = SeaOrmUnitOfWork::begin(self).await?;
        if work.backend == Backend::Postgres {
            work.all(deliver::in_order()).await?;
        }
        let lanes = lanes(&work.all(deliver::take(work.backend, request)).await?)?;
        if lanes.is_empty() {
            Box::new(work).rollback().await?;
            return Ok(None);
        }
        let deliveries = row::all(work.all(deliver::read(work.backend, request, lanes)).await?)?;
        Box::new(work).commit().await?;
        Ok(Some(Lease { holder: request.holder, until: request.until, lanes, deliveries }))
    }

    async fn settle(
        &self,
        lease: &Lease,
        now: Timestamp,
        processed: &[MessageId],
        failed: &[Failure],
    ) -> Result<(), StoreError> {
        let mut work = SeaOrmUnitOfWork::begin(self).await?;
        if !processed.is_empty() {
            work.execute(settle::mark(work.backend, now, processed)).await?;
        }
        if !failed.is_empty() {
            work.execute(settle::fail(work.backend, failed)?).await?;
        }
        work.execute(settle::release(work.backend, lease)).await?;
        Box::new(work).commit().await
    }

    async fn purge(&self, before: Timestamp, limit: u16) -> Result<u64, StoreError> {
        let mut work = SeaOrmUnitOfWork::begin(self).await?;
        let purged = work.execute(settle::purge(work.backend, before, limit)).await?;
        Box::new(work).commit().await?;
        Ok(purged)
    }

    async fn numbers(&self) -> Result<OutboxNumbers, StoreError> {
        let Some(row) = self.read_one(settle::numbers(self.backend())).await? else {
            return Ok(OutboxNumbers::default());
        };
        Ok(OutboxNumbers {
            pending: row.big("pending")?,
            failing: row.big("failing")?,
            dead: row.big("dead")?,
            oldest: row.time_or_null("oldest")?,
        })
    }
}
