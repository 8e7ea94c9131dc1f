//! `hot-event-sqlite`: everybody registers for one event on the embedded database, beside a transaction each.

mod yardstick;

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use self::yardstick::Yardstick;
use super::registration::{Crowd, Load, Scene, connections, everything, figures, told, told_twice};
use super::{Findings, Scale};
use crate::processes::{Parties, Shares};
use crate::report::{Line, Row, Series};
use crate::stage::{Database, Server, has_setting};

/// How many seats there are; everybody else waits.
const CAPACITY: u64 = 500;

/// How many registrations share a transaction at most.
const LARGEST_BATCH: &str = "desk.largest_batch";

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let (rounds, time) = scale.either((1, Duration::from_secs(1)), (5, Duration::from_secs(5)));
    let scene =
        Scene { people: scale.either(20_000, 120_000), turns: rounds + 1, events: 1, capacity: CAPACITY };
    let folder = TempDir::with_prefix("spotter-bench-")?;
    let file = |name: &str| folder.path().join(name);
    let at = |name: &str| format!("sqlite://{}?mode=rwc", file(name).display());
    let database = Database::prepare(at("spotter.db")).await?;
    scene.fill(&database).await?;
    for copy in ["yardstick.db", "alone.db"] {
        fs::copy(file("spotter.db"), file(copy))?;
    }
    let (crowd, lone) = (Crowd::sign_in(&scene, &database).await?, Database::copied(at("alone.db")));
    let load = Load { scene, crowd, connections: connections(scale) };
    let mut yardstick = Yardstick::prepare(&file("yardstick.db"), scene).await?;
    let server = Server::start(program, &database).await?;
    // The same program, but each registration has a transaction to itself.
    let alone = if has_setting(program, &lone, LARGEST_BATCH).await? {
        Some(Server::start_with(program, &lone, &[(LARGEST_BATCH, "1")]).await?)
    } else {
        None
    };
    let parties = Parties { server: server.id(), postgres: None };

    let (warm_up, mut transactions, mut shares) = (time / 2, Vec::new(), Shares::default());
    let mut turns = vec![load.run(server.address(), 0, warm_up).await?];
    let mut turns_alone = Vec::new();
    if let Some(alone) = &alone {
        turns_alone.push(load.run(alone.address(), 0, warm_up).await?);
    }
    yardstick.run(0, warm_up).await?;
    for round in 1..=rounds {
        let before = parties.look();
        turns.push(load.run(server.address(), round, time).await?);
        shares.add(before, parties.look());
        transactions.push(yardstick.run(round, time).await?);
        if let Some(alone) = &alone {
            turns_alone.push(load.run(alone.address(), round, time).await?);
        }
    }
    drop((server, alone));
    let mut findings = Findings::default();
    for (database, turns) in [(&database, &turns), (&lone, &turns_alone)] {
        everything(&mut findings, database, &scene, turns).await?;
        told_twice(&mut findings, turns);
    }
    yardstick.check(&mut findings).await?;

    let (per_second, p99, latencies) = figures(&turns[1..])?;
    let registered = || Series::new("registered", "/s", per_second.clone());
    let mut lines = vec![
        Line::new("a transaction each", registered(), Series::new("transactions", "/s", transactions))
            .goal("at least 10 x", |line| line.times() >= 10.0),
    ];
    if !turns_alone.is_empty() {
        let (per_second, ..) = figures(&turns_alone[1..])?;
        let yardstick = Series::new("registered", "/s", per_second);
        lines.push(Line::new("Spotter with batches of one", registered(), yardstick));
    }
    lines.push(Line::alone("as the client sees it", Series::new("p99", "ms", p99)));
    let notes = vec![
        format!(
            "{} connections to Spotter; the yardstick has the database to itself, without HTTP.",
            load.connections
        ),
        told(&latencies),
        shares.told(),
    ];
    let Findings { checked, wrong } = findings;
    Ok(Row { name: "hot-event-sqlite", busy_before_percent: None, lines, notes, checked, wrong })
}
