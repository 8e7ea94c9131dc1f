//! Registrations on PostgreSQL: Spotter, the yardstick twice, and the generator's own ceiling, in turn.

use std::path::Path;
use std::time::Duration;

use super::load::{Crowd, Load, Turn};
use super::yardstick::Yardstick;
use super::{Scene, connections, everything, told_twice};
use crate::bare::Recorded;
use crate::measure::{Latencies, Spread};
use crate::processes::{Parties, Shares};
use crate::report::{Line, Series};
use crate::rows::{Findings, Scale};
use crate::stage::{Bare, Cluster, Database, Server};

/// At how many connections the yardstick may be at its best.
const CHOICES: [usize; 3] = [1, 4, 16];

/// What was measured, a figure for each round.
#[derive(Debug)]
pub(crate) struct Measured {
    version: String,
    connections: usize,
    spotter: Vec<f64>,
    same: Vec<f64>,
    best: Vec<f64>,
    best_at: usize,
    ceiling: Vec<f64>,
    p99: Vec<f64>,
    latencies: Latencies,
    shares: Shares,
    pub(crate) findings: Findings,
}

/// Measures how a crowd registers for events. `events` is how many a turn has, with so many seats each.
///
/// # Errors
///
/// When something that is needed is not to be had, or a registration is refused.
pub(crate) async fn measure(
    program: &Path,
    scale: Scale,
    events: u64,
    capacity: u64,
) -> anyhow::Result<Measured> {
    let connections = connections(scale);
    let (rounds, time) = scale.either((1, Duration::from_millis(500)), (5, Duration::from_secs(6)));
    let turns = 2 * rounds + CHOICES.len() as u64 + 2;
    let scene = Scene { people: scale.either(10_000, 120_000), turns, events, capacity };
    let cluster = Cluster::start().await?;
    let database = Database::prepare(cluster.create("spotter").await?).await?;
    scene.fill(&database).await?;
    let copy = Database::copied(cluster.copy("spotter", "yardstick").await?);
    let mut yardstick = Yardstick::prepare(copy, scene).await?;
    let crowd = Crowd::sign_in(&scene, &database).await?;
    let load = Load { scene, crowd, connections };
    let server = Server::start(program, &database).await?;
    let bare = bare(&server, &load).await?;
    let parties = Parties { server: server.id(), postgres: cluster.postmaster().await? };

    // Until every statement is prepared on every connection, and the yardstick's best is known.
    let warm_up = scale.either(Duration::from_millis(200), Duration::from_secs(3));
    let mut turns = vec![load.run(server.address(), 0, warm_up).await?];
    let best_at = match scale {
        Scale::Quick => CHOICES[1],
        Scale::Full => yardstick.best_of(&CHOICES, Duration::from_secs(2)).await?,
    };
    let (mut same, mut best, mut ceiling) = (Vec::new(), Vec::new(), Vec::new());
    let mut shares = Shares::default();
    for round in 1..=rounds {
        let before = parties.look();
        turns.push(load.run(server.address(), round, time).await?);
        shares.add(before, parties.look());
        same.push(yardstick.run(connections, time).await?);
        best.push(yardstick.run(best_at, time).await?);
        ceiling.push(load.run(bare.address(), round, warm_up).await?.per_second);
    }
    drop(server);
    let mut findings = Findings::default();
    everything(&mut findings, &database, &scene, &turns).await?;
    told_twice(&mut findings, &turns);
    yardstick.check(&mut findings).await?;

    let measured = turns.split_off(1);
    let (spotter, p99, latencies) = figures(&measured)?;
    let version = cluster.version();
    Ok(Measured {
        version,
        connections,
        spotter,
        same,
        best,
        best_at,
        ceiling,
        p99,
        latencies,
        shares,
        findings,
    })
}

/// Bare actix-web that answers a registration as the server answers one.
async fn bare(server: &Server, load: &Load) -> anyhow::Result<Bare> {
    // Of the last turn's events, which nobody looks at.
    let (turn, person) = (load.scene.turns - 1, 0);
    let event = load.scene.event_of(turn, person);
    let answer = server.connect().await?.send(&load.crowd.call(person, event)).await?;
    answer.expect(201)?;
    Bare::start(&[Recorded::of("POST", ANY_EVENT, &answer)?]).await
}

/// Where one registers, for any event.
const ANY_EVENT: &str = "/api/v1/events/{id}/registrations";

/// Registrations a second and the p99 in milliseconds of each turn, and how long all of them took.
pub(crate) fn figures(turns: &[Turn]) -> anyhow::Result<(Vec<f64>, Vec<f64>, Latencies)> {
    let mut latencies = Latencies::new()?;
    for turn in turns {
        latencies.add(&turn.latencies)?;
    }
    let per_second = turns.iter().map(|turn| turn.per_second).collect();
    let p99 = turns.iter().map(|turn| turn.latencies.percentile(99.0)).collect();
    Ok((per_second, p99, latencies))
}

impl Measured {
    /// Beside the yardstick over as many connections.
    pub(crate) fn same(&self) -> Line {
        let what = format!("yardstick over {} connections, too", self.connections);
        Line::new(what, self.registered(), Series::new("transactions", "/s", self.same.clone()))
    }

    /// Beside the yardstick at its best.
    pub(crate) fn best(&self) -> Line {
        let what = format!("yardstick at its best, over {} connections", self.best_at);
        Line::new(what, self.registered(), Series::new("transactions", "/s", self.best.clone()))
    }

    /// Beside what the load generator can do.
    pub(crate) fn ceiling(&self) -> Line {
        let yardstick = Series::new("requests", "/s", self.ceiling.clone());
        Line::new("the same load on bare actix-web", self.registered(), yardstick)
    }

    /// How long nearly everybody waited at most.
    pub(crate) fn p99(&self) -> Line {
        Line::alone("as the client sees it", Series::new("p99", "ms", self.p99.clone()))
    }

    /// What has to be known to read it.
    pub(crate) fn notes(&self) -> Vec<String> {
        vec![
            format!(
                "{}; {} connections to Spotter, each with somebody else every time.",
                self.version, self.connections
            ),
            told(&self.latencies),
            self.shares.told(),
            format!(
                "The load generator comes to {:.0} requests a second (median) where bare actix-web answers them.",
                Spread::of(&self.ceiling).median
            ),
        ]
    }

    fn registered(&self) -> Series {
        Series::new("registered", "/s", self.spotter.clone())
    }
}

/// How long registrations took, as a sentence.
pub(crate) fn told(latencies: &Latencies) -> String {
    format!(
        "Registering took {:.1} ms (median), {:.1} ms (p99), {:.1} ms (p99.9), as the client sees it, of {} \
         registrations.",
        latencies.percentile(50.0),
        latencies.percentile(99.0),
        latencies.percentile(99.9),
        latencies.count()
    )
}
