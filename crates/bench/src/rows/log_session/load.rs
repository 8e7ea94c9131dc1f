//! The load: everybody logs one workout session after the other, over a connection of their own.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde::Deserialize;
use tokio::task::JoinSet;

use super::plan::Plan;
use crate::client::Client;
use crate::measure::Latencies;
use crate::stage::{Person, Server};

/// Somebody who logs.
#[derive(Debug)]
pub(super) struct Lifter {
    pub(super) person: Person,
    address: SocketAddr,
    plan: Plan,
    /// How many requests were sent.
    sent: u64,
    /// The ids of what was acknowledged.
    pub(super) logged: Vec<String>,
}

/// Everybody.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) lifters: Vec<Lifter>,
}

/// What a turn did.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) per_second: f64,
    pub(super) latencies: Latencies,
}

/// What is read of an answer.
#[derive(Deserialize)]
struct Logged {
    id: String,
}

impl Load {
    pub(super) fn new(server: &Server, plan: &Plan, people: Vec<Person>) -> Self {
        let lifter = |person| {
            let (address, plan) = (server.address(), plan.clone());
            Lifter { person, address, plan, sent: 0, logged: Vec::new() }
        };
        Self { lifters: people.into_iter().map(lifter).collect() }
    }

    /// Everybody logs for that long.
    ///
    /// # Errors
    ///
    /// When a request is not answered with 201.
    pub(super) async fn run(&mut self, time: Duration) -> anyhow::Result<Turn> {
        let began = Instant::now();
        let mut running = JoinSet::new();
        for lifter in self.lifters.drain(..) {
            running.spawn(lifter.log_until(began + time));
        }
        let (mut count, mut latencies) = (0, Latencies::new()?);
        while let Some(ended) = running.join_next().await {
            let (lifter, theirs) = ended.context("a connection's task panicked")??;
            count += theirs.count();
            latencies.add(&theirs)?;
            self.lifters.push(lifter);
        }
        #[expect(clippy::cast_precision_loss, reason = "nobody logs 2^53 workout sessions")]
        let per_second = count as f64 / began.elapsed().as_secs_f64();
        Ok(Turn { per_second, latencies })
    }
}

impl Lifter {
    async fn log_until(mut self, end: Instant) -> anyhow::Result<(Self, Latencies)> {
        let mut latencies = Latencies::new()?;
        // The server closes a connection that nothing comes over, as it does between two turns.
        let mut client = Client::connect(self.address).await?;
        while Instant::now() < end {
            let call = self.plan.call(self.sent, &self.person.token);
            self.sent += 1;
            let began = Instant::now();
            let answer = client.send(&call).await?;
            latencies.note(began.elapsed());
            if answer.status.as_u16() != 201 {
                answer.expect(201)?;
            }
            let Logged { id } = serde_json::from_slice(&answer.body).context("an answer has no id")?;
            self.logged.push(id);
        }
        Ok((self, latencies))
    }
}
