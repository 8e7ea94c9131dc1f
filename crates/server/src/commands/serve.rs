//! `spotter serve`: migrate, listen, drain.

use std::time::Duration;

use spotter_persistence::Database;
use tokio_util::sync::CancellationToken;

use crate::demo::{self, Demo};
use crate::exit::Failure;
use crate::settings::{LogFormat, Settings};
use crate::wiring::{application, check, open_database};
use crate::{housekeeping, listen};

/// Whether an empty database is filled with a demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// It stays as it is.
    AsItIs,
    /// It gets a club.
    Demo,
}

impl From<bool> for Content {
    fn from(demo: bool) -> Self {
        if demo { Self::Demo } else { Self::AsItIs }
    }
}

/// Migrates the database and answers requests until SIGINT or SIGTERM; then finishes what is in flight,
/// within the grace period, and closes everything.
///
/// # Errors
///
/// [`Failure`] when something that is needed can't be had.
pub async fn run(settings: &Settings, content: Content) -> Result<(), Failure> {
    let format = match settings.log.format {
        None => spotter_telemetry::LogFormat::Auto,
        Some(LogFormat::Text) => spotter_telemetry::LogFormat::Text,
        Some(LogFormat::Json) => spotter_telemetry::LogFormat::Json,
    };
    let telemetry = spotter_telemetry::init(format)
        .map_err(|error| Failure::Usage(format!("logs and traces can't be set up: {error}")))?;
    check(settings)?;
    if settings.redis.url.is_some() {
        tracing::warn!(
            "redis.url is set: this version keeps everything in the database and uses no Redis yet"
        );
    }
    let database = open_database(settings).await?;
    let outcome = serve(settings, content, &database).await;
    database.close().await;
    drop(telemetry);
    outcome
}

async fn serve(settings: &Settings, content: Content, database: &Database) -> Result<(), Failure> {
    let spotter = application(settings, database)?;
    let listener = listen::bind(settings.http.address)?;
    database
        .migrate_up()
        .await
        .map_err(|error| Failure::other("the schema can't be brought up to date", error))?;
    spotter
        .load_catalogue()
        .await
        .map_err(|error| Failure::other("the catalogue of exercises can't be loaded", error))?;
    let demo = match content {
        Content::AsItIs => None,
        Content::Demo => {
            let filled = demo::fill(&spotter).await;
            Some(filled.map_err(|error| Failure::other("the demonstration can't be made", error))?)
        }
    };
    let stop = CancellationToken::new();
    let sweeping = tokio::spawn(housekeeping::run(spotter.clone(), stop.clone()));
    let running =
        listen::run(settings, spotter, database, listener, |address| announce(address, demo.as_ref()));
    let outcome = running.await;
    stop.cancel();
    let _ended = tokio::time::timeout(Duration::from_secs(settings.http.shutdown_grace_s), sweeping).await;
    tracing::info!("stopped");
    outcome
}

/// Tells a newcomer where to look.
fn announce(address: std::net::SocketAddr, demo: Option<&Demo>) {
    let mut lines = vec![
        format!("Spotter listens on http://{address}"),
        format!("API docs:          http://{address}/docs"),
    ];
    match demo {
        None => {}
        Some(Demo::NotEmpty) => {
            lines.push("The database is not empty: no demonstration was added.".to_owned());
        }
        Some(Demo::Ready(sign_ins)) => {
            lines.push(format!("These can sign in, each with the password {}:", demo::PASSWORD));
            lines.extend(sign_ins.iter().map(|who| format!("  {:30} {}", who.email, who.role)));
        }
    }
    let _gone = std::io::Write::write_all(&mut std::io::stdout(), (lines.join("\n") + "\n").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_follows_the_flag() {
        assert_eq!(Content::from(true), Content::Demo);
        assert_eq!(Content::from(false), Content::AsItIs);
    }
}
