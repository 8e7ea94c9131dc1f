//! `cached-get`: looking at an event and at a list of events, beside the same answers from memory.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use bytes::Bytes;
use tokio::task::JoinSet;

use super::registration::{CLUB, Ids, Scene};
use super::{Findings, Scale};
use crate::bare::Recorded;
use crate::client::{Call, Client};
use crate::measure::Latencies;
use crate::processes::{Parties, Shares};
use crate::report::{Line, Row, Series};
use crate::stage::{Bare, Cluster, Database, Server};

/// How many connections are looked through.
const CONNECTIONS: usize = 64;

/// How many events a club has in a week.
const WEEK: u64 = 50;

/// Something to look at.
#[derive(Clone, Debug)]
struct Look {
    name: &'static str,
    call: Call,
    /// What it shows.
    body: Bytes,
}

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let (rounds, time) = scale.either((1, Duration::from_millis(500)), (5, Duration::from_secs(4)));
    let scene = Scene { people: 1_000, turns: 1, events: 2 * WEEK, capacity: 20 };
    let cluster = Cluster::start().await?;
    let database = Database::prepare(cluster.create("spotter").await?).await?;
    scene.fill(&database).await?;
    let server = Server::start(program, &database).await?;
    let parties = Parties { server: server.id(), postgres: cluster.postmaster().await? };

    let mut findings = Findings::default();
    let mut client = server.connect().await?;
    let (mut looks, mut recorded) = (Vec::new(), Vec::new());
    let event = format!("/api/v1/events/{}", Ids::EVENTS.id(0));
    let week = format!("/api/v1/clubs/{CLUB}/events?from=2099-01-01T00:00:00Z&limit={WEEK}");
    for (name, path) in [("an event", event), ("a page of 50 events", week)] {
        let call = Call::get(path.as_str());
        let answer = client.send(&call).await?;
        let shown = answer.expect(200)?;
        if let Some(items) = shown["items"].as_array() {
            findings.equal("the events of a page", &(items.len() as u64), &WEEK);
        }
        recorded.push(Recorded::of("GET", &path, &answer)?);
        looks.push((Look { name, call, body: answer.body }, Vec::new(), Vec::new()));
    }
    let bare = Bare::start(&recorded).await?;

    let mut notes = vec![format!("{}; {CONNECTIONS} connections, nobody signed in.", cluster.version())];
    for (look, ..) in &looks {
        for address in [server.address(), bare.address()] {
            look.take(address, time / 4, &mut findings).await?;
        }
    }
    for (look, spotter, memory) in &mut looks {
        let (mut shares, mut latencies) = (Shares::default(), Latencies::new()?);
        for _ in 0..rounds {
            let before = parties.look();
            let (per_second, took) = look.take(server.address(), time, &mut findings).await?;
            shares.add(before, parties.look());
            spotter.push(per_second);
            latencies.add(&took)?;
            memory.push(look.take(bare.address(), time, &mut findings).await?.0);
        }
        notes.push(format!(
            "{}: {} bytes; {:.2} ms (median), {:.2} ms (p99), as the client sees it. {}",
            look.name,
            look.body.len(),
            latencies.percentile(50.0),
            latencies.percentile(99.0),
            shares.told()
        ));
    }
    let line = |(look, spotter, memory): (Look, Vec<f64>, Vec<f64>)| {
        let (work, yardstick) =
            (Series::new("requests", "/s", spotter), Series::new("requests", "/s", memory));
        Line::new(look.name, work, yardstick).goal("at least 0.9 x", |line| line.times() >= 0.9)
    };
    let lines = looks.into_iter().map(line).collect();
    let Findings { checked, wrong } = findings;
    Ok(Row { name: "cached-get", busy_before_percent: None, lines, notes, checked, wrong })
}

impl Look {
    /// Looks for that long. Answers how often a second that was, and how long each took.
    async fn take(
        &self,
        address: SocketAddr,
        time: Duration,
        findings: &mut Findings,
    ) -> anyhow::Result<(f64, Latencies)> {
        let mut clients = Vec::new();
        for _ in 0..CONNECTIONS {
            clients.push(Client::connect(address).await?);
        }
        let (mut running, mut latencies) = (JoinSet::new(), Latencies::new()?);
        let began = Instant::now();
        for client in clients {
            running.spawn(self.clone().take_until(client, began + time));
        }
        while let Some(ended) = running.join_next().await {
            let (took, others) = ended.context("a connection's task panicked")??;
            findings.checked += took.count();
            if others > 0 {
                findings.note(format!("{}: {others} answers were not as the first", self.name));
            }
            latencies.add(&took)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "nobody looks 2^53 times")]
        let per_second = latencies.count() as f64 / began.elapsed().as_secs_f64();
        Ok((per_second, latencies))
    }

    /// How long each look took, and how many showed something else.
    async fn take_until(self, mut client: Client, end: Instant) -> anyhow::Result<(Latencies, u64)> {
        let (mut latencies, mut others) = (Latencies::new()?, 0);
        while Instant::now() < end {
            let began = Instant::now();
            let answer = client.send(&self.call).await?;
            latencies.note(began.elapsed());
            if answer.status.as_u16() != 200 || answer.body != self.body {
                others += 1;
            }
        }
        Ok((latencies, others))
    }
}
