//! `import`: bringing along ten years of history over HTTP, beside reading the same file alone.

mod check;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use bytes::Bytes;
use jiff::civil::date;
use serde_json::Value;
use spotter_application::workout::interchange::{ExportReader, ReadOptions};
use spotter_demo_data::{History, Person as Somebody, export, people};
use tempfile::TempDir;

use super::{Findings, Scale};
use crate::client::Call;
use crate::measure::{Spread, milliseconds};
use crate::report::{Line, Row, Series};
use crate::stage::{Cluster, Database, Person, Server};
use crate::timing::Timing;

/// An import takes at most so long, in milliseconds, and so many times what reading the file takes.
const GOAL: f64 = 1_000.0;
const TIMES: f64 = 5.0;

/// Files arrive in pieces of about this size.
const PIECE: usize = 64 * 1024;

/// The history as a file.
struct File {
    format: &'static str,
    bytes: Bytes,
}

pub(super) async fn run(program: &Path, scale: Scale) -> anyhow::Result<Row> {
    let history = History::of(&Somebody::veteran(people::SEED, 10, date(2026, 9, 30))?)?;
    let (mut hevy, mut strong) = (Vec::new(), Vec::new());
    export::hevy(&history, &mut hevy)?;
    export::strong(&history, &mut strong)?;
    let files = [("hevy", hevy), ("strong", strong)];
    let files = files.map(|(format, bytes)| File { format, bytes: bytes.into() });

    let cluster = Cluster::start().await?;
    let folder = TempDir::with_prefix("spotter-bench-")?;
    let file = format!("sqlite://{}?mode=rwc", folder.path().join("spotter.db").display());
    let databases = [("PostgreSQL", cluster.create("spotter").await?), ("SQLite", file)];
    let (mut lines, mut told, mut findings) = (Vec::new(), Vec::new(), Findings::default());
    for (name, url) in databases {
        let database = Database::prepare(url).await?;
        let server = Server::start(program, &database).await?;
        let mut brought = Vec::new();
        for file in &files {
            let (line, note) = measure(&server, name, file, scale, &mut brought).await?;
            lines.push(line);
            told.push(note);
        }
        check::everything(&mut findings, &database, &server, &files, &brought).await?;
    }
    let mut notes = vec![
        format!("{}; one import at a time, each into an account of its own.", cluster.version()),
        format!(
            "hevy has {:.1} MB, strong {:.1} MB; what is imported is {} workout sessions of {} sets.",
            megabytes(&files[0]),
            megabytes(&files[1]),
            history.figures().sessions,
            history.figures().all_sets
        ),
    ];
    notes.extend(told);
    let Findings { checked, wrong } = findings;
    Ok(Row { name: "import", busy_before_percent: None, lines, notes, checked, wrong })
}

/// What an import answered, and whose it is.
struct Brought {
    person: Person,
    /// Which of the files it was.
    format: &'static str,
    answer: Value,
}

async fn measure(
    server: &Server,
    database: &'static str,
    file: &File,
    scale: Scale,
    brought: &mut Vec<Brought>,
) -> anyhow::Result<(Line, String)> {
    let (mut imports, mut readings, mut in_statements) = (Vec::new(), Vec::new(), Vec::new());
    let mut statements = 0;
    // The first round is not counted: it pays for what comes after it, too.
    for round in 0..=scale.either(2, 9) {
        let person = server.sign_up(&format!("{}{round}@ironworks.example", file.format)).await?;
        let mut client = server.connect().await?;
        let path = format!("/api/v1/imports?format={}", file.format);
        let call = Call::post(path, "text/csv", file.bytes.clone()).by(&person.token);
        let began = Instant::now();
        let answer = client.send(&call).await?;
        let took = began.elapsed();
        let timing = Timing::of(&answer.headers).context("an answer has no Server-Timing")?;
        let answer = answer.expect(201)?;
        let reading = read(file)?;
        if round > 0 {
            imports.push(milliseconds(took));
            readings.push(milliseconds(reading));
            in_statements.push(milliseconds(timing.in_statements));
            statements = timing.statements.max(statements);
        }
        brought.push(Brought { person, format: file.format, answer });
    }
    let (imports, readings) = (Series::new("in all", "ms", imports), Series::new("reading", "ms", readings));
    let case = format!("{} on {database}", file.format);
    let spent = Spread::of(&in_statements).median;
    let note =
        format!("{case}: {statements} statements, {spent:.0} ms of an import (median) goes by in them.");
    let line = Line::new(case, imports, readings)
        .goal("at most 1 s", |line| line.work.spread.median <= GOAL)
        .goal(format!("at most {TIMES} x reading"), |line| line.times() <= TIMES);
    Ok((line, note))
}

/// Reads the file and throws away what was in it.
fn read(file: &File) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let mut reader = ExportReader::new(ReadOptions::default());
    for piece in file.bytes.chunks(PIECE) {
        reader.feed(piece)?;
    }
    let export = black_box(reader.finish()?);
    let took = began.elapsed();
    drop(export);
    Ok(took)
}

fn megabytes(file: &File) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "files are small")]
    let bytes = file.bytes.len() as f64;
    bytes / 1e6
}
