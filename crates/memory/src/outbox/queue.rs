//! The queue of the outbox.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use spotter_domain::id::MessageId;
use spotter_domain::outbox::{
    Delivery, Failure, Lane, Lanes, Lease, LeaseRequest, OutboxNumbers, OutboxQueue,
};
use spotter_domain::{StoreError, Timestamp, UnitOfWork};

use super::{Kept, MAX_ATTEMPTS};
use crate::state::State;
use crate::store::MemoryStore;

impl Kept {
    fn lane(&self) -> Lane {
        Lane::of(self.message.event.aggregate())
    }

    fn delivery(&self) -> Delivery {
        Delivery {
            id: self.message.id,
            aggregate: self.message.event.aggregate(),
            attempts: self.attempts,
            max_attempts: MAX_ATTEMPTS,
            message: Ok(self.message.clone()),
        }
    }
}

/// What is due, lane by lane, in the order of the ids.
fn due(state: &State, now: Timestamp) -> BTreeMap<Lane, Vec<&Kept>> {
    let mut lanes: BTreeMap<Lane, Vec<&Kept>> = BTreeMap::new();
    let mut held_back = BTreeSet::new();
    for kept in state.outbox.values() {
        let aggregate = kept.message.event.aggregate();
        if kept.is_due(now) && !held_back.contains(&aggregate) {
            lanes.entry(kept.lane()).or_default().push(kept);
        }
        if kept.holds_back() {
            held_back.insert(aggregate);
        }
    }
    lanes
}

impl MemoryStore {
    async fn change_outbox<T>(&self, change: impl FnOnce(&mut State) -> T) -> Result<T, StoreError> {
        let mut work = self.unit_of_work().await;
        let done = work.write(|state| Ok(change(state)))?;
        Box::new(work).commit().await?;
        Ok(done)
    }
}

#[async_trait]
impl OutboxQueue for MemoryStore {
    async fn lease(&self, request: &LeaseRequest) -> Result<Option<Lease>, StoreError> {
        let LeaseRequest { holder, now, until, .. } = *request;
        self.change_outbox(|state| {
            let is_free = |lane: &Lane| state.outbox_leases.get(lane).is_none_or(|(_, until)| *until <= now);
            let mut free: Vec<_> = due(state, now).into_iter().filter(|(lane, _)| is_free(lane)).collect();
            free.sort_by_key(|(_, messages)| messages.first().map(|kept| kept.message.id));
            free.truncate(usize::from(request.lanes));
            if free.is_empty() {
                return None;
            }
            let lanes: Lanes = free.iter().map(|(lane, _)| *lane).collect();
            let of_each = usize::from(request.limit).div_ceil(free.len());
            let messages = free.iter().flat_map(|(_, messages)| messages.iter().take(of_each));
            let mut deliveries: Vec<_> = messages.map(|kept| kept.delivery()).collect();
            deliveries.sort_by_key(|delivery| delivery.id);
            deliveries.truncate(usize::from(request.limit));
            state.outbox_leases.extend(lanes.iter().map(|lane| (lane, (holder, until))));
            Some(Lease { holder, until, lanes, deliveries })
        })
        .await
    }

    async fn settle(
        &self,
        lease: &Lease,
        now: Timestamp,
        processed: &[MessageId],
        failed: &[Failure],
    ) -> Result<(), StoreError> {
        self.change_outbox(|state| {
            for id in processed {
                if let Some(kept) = state.outbox.get_mut(id) {
                    kept.processed_at.get_or_insert(now);
                }
            }
            for failure in failed {
                if let Some(kept) =
                    state.outbox.get_mut(&failure.id).filter(|kept| kept.processed_at.is_none())
                {
                    kept.attempts += 1;
                    kept.next_attempt_at = failure.next_attempt_at;
                }
            }
            let is_theirs = |lane: Lane, holder| holder == lease.holder && lease.lanes.contains(lane);
            state.outbox_leases.retain(|lane, (holder, _)| !is_theirs(*lane, *holder));
        })
        .await
    }

    async fn purge(&self, before: Timestamp, limit: u16) -> Result<u64, StoreError> {
        self.change_outbox(|state| {
            let old = |kept: &&Kept| kept.processed_at.is_some_and(|at| at < before);
            let old = state.outbox.values().filter(old).map(|kept| kept.message.id);
            let old: Vec<_> = old.take(usize::from(limit)).collect();
            for id in &old {
                state.outbox.remove(id);
            }
            old.len() as u64
        })
        .await
    }

    async fn numbers(&self) -> Result<OutboxNumbers, StoreError> {
        let state = self.committed();
        let most = OutboxNumbers::MOST as usize;
        let count = |what: fn(&&Kept) -> bool| state.outbox.values().filter(what).take(most).count() as u64;
        Ok(OutboxNumbers {
            pending: count(|kept| kept.is_pending()),
            failing: count(|kept| kept.holds_back()),
            dead: count(|kept| kept.processed_at.is_none() && !kept.is_pending()),
            oldest: state
                .outbox
                .values()
                .filter(|kept| kept.is_pending())
                .map(|kept| kept.message.created_at)
                .min(),
        })
    }
}
