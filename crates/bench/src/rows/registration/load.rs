//! The load: everybody registers, over a few hundred connections, each taking the next person.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use hyper::header::HeaderValue;
use serde::Deserialize;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{Ids, Scene};
use crate::client::{Answer, Call, Client, authorization};
use crate::measure::Latencies;
use crate::stage::Database;

/// Everybody with the header that says who they are.
pub(crate) struct Crowd(Vec<Option<HeaderValue>>);

impl Crowd {
    /// Signs everybody in, without their passwords.
    ///
    /// # Errors
    ///
    /// When the database can't be opened.
    pub(crate) async fn sign_in(scene: &Scene, database: &Database) -> anyhow::Result<Arc<Self>> {
        let tokens = database.tokens(scene.accounts()).await?;
        Ok(Arc::new(Self(tokens.iter().map(|token| authorization(token.expose())).collect())))
    }

    /// The request by which somebody registers for an event.
    pub(crate) fn call(&self, person: u64, event: u64) -> Call {
        let header = usize::try_from(person).ok().and_then(|person| self.0.get(person).cloned().flatten());
        let path = format!("/api/v1/events/{}/registrations", Ids::EVENTS.id(event));
        Call::post(path, "application/json", br#"{"party_size":1}"#.as_slice()).signed(header)
    }
}

/// Who comes to what.
#[derive(Clone)]
pub(crate) struct Load {
    pub(crate) scene: Scene,
    pub(crate) crowd: Arc<Crowd>,
    /// Over how many connections at once.
    pub(crate) connections: usize,
}

/// A registration that somebody was told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acknowledged {
    pub(crate) id: Uuid,
    pub(crate) event: u64,
    pub(crate) person: u64,
    pub(crate) number: u64,
    pub(crate) waits: bool,
}

/// What a turn did.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) number: u64,
    pub(crate) per_second: f64,
    pub(crate) latencies: Latencies,
    pub(crate) acknowledged: Vec<Acknowledged>,
}

/// What is read of an answer.
#[derive(Deserialize)]
struct Registered<'a> {
    id: Uuid,
    status: &'a str,
    queue_number: u64,
}

impl Load {
    /// Has everybody register for the events of a turn, for that long, or until everybody has.
    ///
    /// # Errors
    ///
    /// When a request is not answered with 201.
    pub(crate) async fn run(&self, address: SocketAddr, turn: u64, time: Duration) -> anyhow::Result<Turn> {
        let mut clients = Vec::new();
        for _ in 0..self.connections {
            clients.push(Client::connect(address).await?);
        }
        let next = Arc::new(AtomicU64::new(0));
        let mut running = JoinSet::new();
        let began = Instant::now();
        for client in clients {
            running.spawn(self.clone().register_until(client, turn, Arc::clone(&next), began + time));
        }
        let (mut acknowledged, mut latencies) = (Vec::new(), Latencies::new()?);
        while let Some(ended) = running.join_next().await {
            let (theirs, took) = ended.context("a connection's task panicked")??;
            acknowledged.extend(theirs);
            latencies.add(&took)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "nobody registers 2^53 times")]
        let per_second = acknowledged.len() as f64 / began.elapsed().as_secs_f64();
        Ok(Turn { number: turn, per_second, latencies, acknowledged })
    }

    async fn register_until(
        self,
        mut client: Client,
        turn: u64,
        next: Arc<AtomicU64>,
        end: Instant,
    ) -> anyhow::Result<(Vec<Acknowledged>, Latencies)> {
        let (mut acknowledged, mut latencies) = (Vec::new(), Latencies::new()?);
        while Instant::now() < end {
            let person = next.fetch_add(1, Ordering::Relaxed);
            if person >= self.scene.people {
                break;
            }
            let event = self.scene.event_of(turn, person);
            let call = self.crowd.call(person, event);
            let began = Instant::now();
            let answer = client.send(&call).await?;
            latencies.note(began.elapsed());
            acknowledged.push(Acknowledged::read(&answer, event, person)?);
        }
        Ok((acknowledged, latencies))
    }
}

impl Acknowledged {
    fn read(answer: &Answer, event: u64, person: u64) -> anyhow::Result<Self> {
        if answer.status.as_u16() != 201 {
            answer.expect(201)?;
        }
        let registered = serde_json::from_slice(&answer.body).context("an answer is no registration")?;
        let Registered { id, status, queue_number: number } = registered;
        Ok(Self { id, event, person, number, waits: status == "waitlisted" })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use hyper::{HeaderMap, StatusCode};

    use super::*;

    #[test]
    fn what_a_registration_is_answered_with_is_understood() {
        let body = r#"{"id":"00000000-0000-7000-8001-000000000005","event_id":"x","status":"waitlisted",
                       "queue_number":501,"decisions":[]}"#;
        let answer =
            Answer { status: StatusCode::CREATED, headers: HeaderMap::new(), body: Bytes::from(body) };
        let wanted = Acknowledged { id: Ids::ACCOUNTS.id(5), event: 1, person: 2, number: 501, waits: true };
        assert_eq!(Acknowledged::read(&answer, 1, 2).unwrap(), wanted);
        let refused = Answer { status: StatusCode::CONFLICT, ..answer };
        assert!(Acknowledged::read(&refused, 1, 2).is_err());
    }
}
