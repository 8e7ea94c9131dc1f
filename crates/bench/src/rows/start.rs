//! `start`: from the start of the program to its readiness on a database that is there, and its memory at rest.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::sleep;

use super::registration::{CLUB, Crowd, Ids, Scene};
use super::{Findings, Scale};
use crate::client::Call;
use crate::measure::milliseconds;
use crate::processes::resident;
use crate::report::{Line, Row, Series};
use crate::stage::{Cluster, Database, Server};

/// The goals: milliseconds until it is ready, and megabytes at rest.
const READY: f64 = 200.0;
const RESIDENT: f64 = 50.0;

/// How many requests of each kind it answers before it rests.
const REQUESTS: u64 = 100;

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let (starts, rests) = scale.either((3, 1), (11, 3));
    let rest = scale.either(Duration::from_millis(500), Duration::from_secs(5));
    let scene = Scene { people: 2_000, turns: rests, events: 100, capacity: 20 };
    let cluster = Cluster::start().await?;
    let folder = TempDir::with_prefix("spotter-bench-")?;
    let file = format!("sqlite://{}?mode=rwc", folder.path().join("spotter.db").display());
    let databases = [("PostgreSQL", cluster.create("spotter").await?), ("SQLite", file)];
    let (mut lines, mut findings) = (Vec::new(), Findings::default());
    for (name, url) in databases {
        let database = Database::prepare(url).await?;
        scene.fill(&database).await?;
        let crowd = Crowd::sign_in(&scene, &database).await?;
        let (mut ready, mut memory) = (Vec::new(), Vec::new());
        // The first start is not counted: it reads the program from the disk.
        for round in 0..=starts {
            let server = Server::start(program, &database).await?;
            let took = server.ready().await?;
            if round > 0 {
                ready.push(milliseconds(took));
            }
        }
        for turn in 0..rests {
            let server = Server::start(program, &database).await?;
            server.ready().await?;
            work(&server, &scene, &crowd, turn, &mut findings).await?;
            sleep(rest).await;
            memory.push(megabytes(resident(server.id())?));
        }
        let ready = Series::new("to ready", "ms", ready);
        lines.push(
            Line::alone(format!("start on {name}"), ready)
                .goal(format!("at most {READY} ms"), |line| line.work.spread.median <= READY),
        );
        let memory = Series::new("resident", "MB", memory);
        lines.push(
            Line::alone(format!("at rest on {name}"), memory)
                .goal(format!("at most {RESIDENT} MB"), |line| line.work.spread.median <= RESIDENT),
        );
    }
    let notes = vec![
        format!(
            "{}; the schema is there, with {} people and a club's past.",
            cluster.version(),
            scene.people
        ),
        format!(
            "Ready is the first 200 of /health/ready after the process was started; at rest is {:.1} s after {} \
             requests of three kinds.",
            rest.as_secs_f64(),
            3 * REQUESTS
        ),
    ];
    let Findings { checked, wrong } = findings;
    Ok(Row { name: "start", busy_before_percent: None, lines, notes, checked, wrong })
}

/// Some work, so that what rests is no program that has done nothing yet.
async fn work(
    server: &Server,
    scene: &Scene,
    crowd: &Crowd,
    turn: u64,
    findings: &mut Findings,
) -> anyhow::Result<()> {
    let mut client = server.connect().await?;
    for person in 0..REQUESTS {
        let event = scene.event_of(turn, person);
        let list = Call::get(format!("/api/v1/clubs/{CLUB}/events"));
        let one = Call::get(format!("/api/v1/events/{}", Ids::EVENTS.id(event)));
        for (wanted, call) in [(200, list), (200, one), (201, crowd.call(person, event))] {
            let status = client.send(&call).await?.status.as_u16();
            findings.equal("an answer before the rest", &status, &wanted);
        }
    }
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no process has 2^53 bytes")]
    let bytes = bytes as f64;
    bytes / 1e6
}
