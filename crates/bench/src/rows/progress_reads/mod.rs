//! `progress-reads`: what somebody with ten years of history looks at, among two thousand others.

mod check;
mod looks;

use std::path::Path;

use anyhow::Context;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use spotter_demo_data::fill::Filling;
use spotter_demo_data::{History, Person as Somebody, people};
use spotter_domain::Clock;
use spotter_server::clock::SystemClock;

use self::looks::{Look, Seen, looks};
use super::{Findings, Scale};
use crate::report::{Line, Row, Series};
use crate::stage::{Cluster, Database, Server};

/// How many years the veteran has trained.
const YEARS: u8 = 10;

/// Slower answers miss the goal, in milliseconds at the server.
const GOAL: f64 = 5.0;

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let (rounds, requests, members) = scale.either((3, 100, 100), (5, 1_000, 2_000));
    let until = yesterday()?;
    let cluster = Cluster::start().await?;
    let filling = Filling { seed: people::SEED, members, years: YEARS, until, at_once: 4 };
    let database = Database::filled(cluster.create("spotter").await?, filling).await?;
    let server = Server::start(program, &database).await?;
    let somebody = Somebody::veteran(people::SEED, YEARS, until)?;
    let veteran = server.sign_in(&somebody.email()).await?;
    let newcomer = server.sign_up("newcomer@ironworks.example").await?;
    let squat = server.exercise("Barbell Squat", &veteran.token).await?;

    let mut lines = Vec::new();
    let mut notes = vec![format!(
        "{}; {members} members with a year each beside the veteran; one request after the other, {requests} a round.",
        cluster.version()
    )];
    let mut seen: Vec<(Look, [Vec<Seen>; 2])> = Vec::new();
    for look in looks(&squat) {
        // Until every statement is prepared on every connection.
        for person in [&veteran, &newcomer] {
            look.take(&server, person, requests / 5).await?;
        }
        seen.push((look, [Vec::new(), Vec::new()]));
    }
    for _ in 0..rounds {
        for (look, [theirs, nobodys]) in &mut seen {
            theirs.push(look.take(&server, &veteran, requests).await?);
            nobodys.push(look.take(&server, &newcomer, requests).await?);
        }
    }
    for (look, [theirs, nobodys]) in seen {
        let p99 = |seen: &[Seen]| seen.iter().map(|seen| seen.latencies.percentile(99.0)).collect::<Vec<_>>();
        let (most, fewest) = (statements(&theirs), statements(&nobodys));
        let work = Series::new("p99", "ms", p99(&theirs));
        let line = Line::new(look.name, work, Series::new("p99 of a newcomer", "ms", p99(&nobodys)))
            .goal(format!("at most {GOAL} ms"), |line| line.work.spread.median <= GOAL)
            .goal(format!("statements: {most} as {fewest}"), |_| most == fewest);
        lines.push(line);
        let whole = looks::together(&theirs)?;
        let two = look.take_two(&server, &veteran, requests).await?;
        notes.push(format!(
            "{}: {:.2} ms (median), {:.2} ms (p99) of {} requests, {} bytes; of which statements {:.2} ms (median), \
             {:.2} ms (p99); two at once {:.2} ms (median), {:.2} ms (p99).",
            look.name,
            whole.latencies.percentile(50.0),
            whole.latencies.percentile(99.0),
            whole.latencies.count(),
            whole.bytes,
            whole.in_statements.percentile(50.0),
            whole.in_statements.percentile(99.0),
            two.latencies.percentile(50.0),
            two.latencies.percentile(99.0),
        ));
    }
    let mut findings = Findings::default();
    let history = History::of(&somebody)?;
    check::everything(&mut findings, &server, &veteran, &squat, &history).await?;
    let Findings { checked, wrong } = findings;
    Ok(Row { name: "progress-reads", busy_before_percent: None, lines, notes, checked, wrong })
}

/// The most statements that a request took.
fn statements(seen: &[Seen]) -> u64 {
    seen.iter().map(|seen| seen.statements).max().unwrap_or_default()
}

/// The last day of every history: the dashboard shows the days up to this one.
fn yesterday() -> anyhow::Result<Date> {
    let now: Timestamp = SystemClock.now();
    TimeZone::UTC.to_datetime(now).date().checked_sub(1.day()).context("there is a yesterday")
}
