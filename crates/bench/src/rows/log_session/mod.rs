//! `log-session`: logging a workout session of 6 exercises and 24 sets, beside single-row inserts of the same rows.

mod check;
mod load;
mod plan;
mod yardstick;

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;
use spotter_demo_data::fill::Filling;
use spotter_demo_data::{Person as Somebody, people};

use self::load::Load;
use self::plan::Plan;
use self::yardstick::{Rows, Yardstick};
use super::{Findings, Scale};
use crate::measure::Latencies;
use crate::report::{Line, Row, Series};
use crate::stage::{Cluster, Database, Server};

/// How many people log at once; each has a connection of their own, to either.
const PEOPLE: usize = 16;

/// The last day of what they have trained already, a year each. What is logged lies before it.
const HISTORY_ENDS: Date = jiff::civil::date(2026, 9, 30);

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let (rounds, time) = scale.either((2, Duration::from_secs(2)), (5, Duration::from_secs(10)));
    let cluster = Cluster::start().await?;
    let members = u32::try_from(PEOPLE)?;
    let filling = Filling { seed: people::SEED, members, years: 1, until: HISTORY_ENDS, at_once: 4 };
    let database = Database::filled(cluster.create("spotter").await?, filling).await?;
    let yardstick = Database::copied(cluster.copy("spotter", "yardstick").await?);
    let server = Server::start(program, &database).await?;

    let mut people = Vec::new();
    for number in 0..members {
        let member = Somebody::member(people::SEED, number, HISTORY_ENDS)?;
        people.push(server.sign_in(&member.email()).await?);
    }
    let plan = Plan::new(&server, &people[0].token).await?;
    let mut yardsticks = Yardstick::prepare(&yardstick, &plan, PEOPLE).await?;
    let mut load = Load::new(&server, &plan, people);
    // Until every record stands and every statement is prepared.
    load.run(scale.either(Duration::from_secs(1), Duration::from_secs(3))).await?;
    let (mut spotter, mut same, mut a_set_each) = (Vec::new(), Vec::new(), Vec::new());
    let mut latencies = Latencies::new()?;
    for _ in 0..rounds {
        let turn = load.run(time).await?;
        spotter.push(turn.per_second);
        latencies.add(&turn.latencies)?;
        same.push(yardsticks.run(Rows::AsWritten, time).await?);
        a_set_each.push(yardsticks.run(Rows::ASetEach, time).await?);
    }
    let mut findings = Findings::default();
    check::everything(&mut findings, &database, &server, load).await?;
    yardsticks.check(&mut findings).await?;

    let work = |rounds: &Vec<f64>| Series::new("logged", "/s", rounds.clone());
    let lines = vec![
        Line::new(
            "beside the rows that Spotter writes",
            work(&spotter),
            Series::new("transactions", "/s", same),
        )
        .goal("at least 2 x", |line| line.times() >= 2.0),
        Line::new("beside a row for each set", work(&spotter), Series::new("transactions", "/s", a_set_each)),
    ];
    let notes = vec![
        format!(
            "{}; {PEOPLE} connections to either; {}",
            cluster.version(),
            "each person has a year of history."
        ),
        format!(
            "Logging took {:.1} ms (median), {:.1} ms (p99), as the client sees it, of {} workout sessions.",
            latencies.percentile(50.0),
            latencies.percentile(99.0),
            latencies.count()
        ),
    ];
    let Findings { checked, wrong } = findings;
    Ok(Row { name: "log-session", busy_before_percent: None, lines, notes, checked, wrong })
}

/// The day on which the first workout session of everybody is logged: long before their history begins.
fn first_day() -> anyhow::Result<Date> {
    HISTORY_ENDS.checked_sub(12.years()).context("the calendar goes back as far")
}
