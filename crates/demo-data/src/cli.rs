//! What the command line can ask for.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use spotter_demo_data::fill::{self, Filled, Filling};
use spotter_demo_data::{History, Person, export, people};
use spotter_domain::Clock;
use spotter_server::clock::SystemClock;
use spotter_server::settings::{Flags, load};
use spotter_server::wiring::{application, open_database};

/// The last day of what is written into files, so that they are the same whenever they are made.
const LAST_DAY: Date = date(2026, 9, 30);

/// Training histories that never happened, the same ones every time.
#[derive(Debug, Parser)]
#[command(name = "demo-data", bin_name = "cargo xtask demo-data")]
pub(crate) struct Cli {
    #[command(subcommand)]
    wanted: Wanted,
}

#[derive(Debug, Subcommand)]
enum Wanted {
    /// Writes the history of one person as another app would export it
    Csv(Csv),
    /// Fills a database with a club of people, each with what they trained; can be cut off and run again
    Fill(Fill),
}

#[derive(Debug, Args)]
struct Csv {
    /// The veteran, with as many years as --years says (what is written unless a member is asked for)
    #[arg(long, conflicts_with = "member")]
    person: bool,
    /// The member of this number instead, with one year
    #[arg(long, value_name = "NUMBER")]
    member: Option<u32>,
    /// Whose export it looks like
    #[arg(long, value_enum, default_value_t = Format::Hevy)]
    format: Format,
    /// What the history follows from
    #[arg(long, default_value_t = people::SEED)]
    seed: u64,
    /// How many years the veteran has, with 150 workout sessions each
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=50))]
    years: u8,
    /// The last day
    #[arg(long, value_name = "DATE", default_value_t = LAST_DAY)]
    until: Date,
    /// Where to write it; standard output without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Fill {
    /// The database, as `sqlite://file` or `postgres://...`; that of the settings without it
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// How many members the club has beside the veteran
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(..100_000))]
    people: u32,
    /// What the histories follow from
    #[arg(long, default_value_t = people::SEED)]
    seed: u64,
    /// How many years the veteran has; members have one
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=50))]
    years: u8,
    /// The last day; yesterday without it
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// How many people are worked on at once
    #[arg(long, default_value_t = 4)]
    at_once: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Strong,
    Hevy,
}

/// Does what the command line asks for.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.wanted {
        Wanted::Csv(csv) => csv.write(),
        Wanted::Fill(fill) => fill.run().await,
    }
}

impl Csv {
    fn write(&self) -> anyhow::Result<()> {
        let person = match self.member {
            None => Person::veteran(self.seed, self.years, self.until)?,
            Some(number) => Person::member(self.seed, number, self.until)?,
        };
        let history = History::of(&person)?;
        let out: Box<dyn Write> = match &self.out {
            None => Box::new(std::io::stdout().lock()),
            Some(file) => Box::new(File::create(file).with_context(|| file.display().to_string())?),
        };
        let mut out = BufWriter::new(out);
        match self.format {
            Format::Strong => export::strong(&history, &mut out)?,
            Format::Hevy => export::hevy(&history, &mut out)?,
        }
        out.flush()?;
        Ok(())
    }
}

impl Fill {
    async fn run(&self) -> anyhow::Result<()> {
        let database = self.database.iter().map(|url| ("database.url", "--database", url.clone()));
        let flags = Flags { values: database.collect(), ..Flags::default() };
        let mut settings = load(flags, std::env::vars())?.settings;
        // No token is issued and nothing is sealed here, so that a database without a key of its own takes any.
        if self.database.as_ref().is_some_and(|url| url.starts_with("postgres")) {
            settings
                .auth
                .signing_key
                .get_or_insert_with(|| "nothing is signed while a database is filled".into());
        }
        let database = open_database(&settings).await?;
        let outcome = async {
            database.migrate_up().await.context("the schema can't be brought up to date")?;
            let spotter = application(&settings, &database)?;
            spotter.load_catalogue().await.context("the catalogue can't be written")?;
            anyhow::Ok(fill::fill(&spotter, self.filling()?, |filled| self.tell(filled)).await?)
        };
        let outcome = outcome.await;
        database.close().await;
        let Filled { added, there, sessions, sets } = outcome?;
        eprintln!(
            "demo-data: {added} people with {sessions} workout sessions of {sets} sets; {there} were there"
        );
        let veteran = Person::veteran(self.seed, self.years, date(2026, 1, 1))?.email();
        eprintln!(
            "demo-data: sign in as {veteran} or member00000@..., with the password {:?}",
            fill::PASSWORD
        );
        Ok(())
    }

    fn filling(&self) -> anyhow::Result<Filling> {
        let yesterday = TimeZone::UTC.to_datetime(SystemClock.now()).date().checked_sub(1.day())?;
        Ok(Filling {
            seed: self.seed,
            members: self.people,
            years: self.years,
            until: self.until.unwrap_or(yesterday),
            at_once: self.at_once,
        })
    }

    fn tell(&self, so_far: Filled) {
        let done = so_far.added + so_far.there;
        if done.is_multiple_of(100) || done == u64::from(self.people) + 1 {
            eprintln!("demo-data: {done} of {} people, {} sets", u64::from(self.people) + 1, so_far.sets);
        }
    }
}
