//! `spotter migrate`.

use std::fmt::Write;

use spotter_persistence::Database;

use crate::cli::Migrate;
use crate::exit::Failure;
use crate::settings::Settings;
use crate::wiring::open_database;

/// Changes the schema, or tells how it stands.
///
/// # Errors
///
/// [`Failure`] when the database can't be opened or changed.
pub async fn run(settings: &Settings, direction: Migrate) -> Result<String, Failure> {
    let database = open_database(settings).await?;
    let outcome = change(&database, direction).await;
    database.close().await;
    outcome
}

async fn change(database: &Database, direction: Migrate) -> Result<String, Failure> {
    let told = |error| Failure::other("the schema can't be changed", error);
    match direction {
        Migrate::Up => database.migrate_up().await.map_err(told)?,
        Migrate::Down { count } => database.migrate_down(count).await.map_err(told)?,
        Migrate::Status => {}
    }
    let states = database.migration_status().await.map_err(told)?;
    Ok(states.iter().fold(String::new(), |mut text, state| {
        let word = if state.applied { "applied" } else { "pending" };
        let _infallible = writeln!(text, "{word}  {}", state.name);
        text
    }))
}
