//! Which adapter stands behind which port.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::ExposeSecret;
use spotter_application::{Ports, Spotter};
use spotter_domain::Clock;
use spotter_domain::rate_limit::RateLimiter;
use spotter_domain::wearable::WebhookVerifier;
use spotter_memory::MemoryRateLimiter;
use spotter_persistence::Database;
use spotter_security::{
    Argon2Hasher, HashingLimits, KeyError, KeyedVault, PasetoIssuer, SigningKey, WhoopVerifier,
};

use crate::clock::{SystemClock, UuidV7Generator};
use crate::exit::Failure;
use crate::key_file;
use crate::settings::{DeskSettings, Settings};

/// Opens the database that the settings name.
///
/// # Errors
///
/// [`Failure`] when its address is wrong or nothing answers there.
pub async fn open_database(settings: &Settings) -> Result<Database, Failure> {
    check_address(settings)?;
    Database::connect(settings.database.for_adapter()).await.map_err(|error| {
        Failure::other("the database can't be opened (see the setting `database.url`)", error)
    })
}

/// The application over a database.
///
/// # Errors
///
/// [`Failure`] when the signing key is missing or no good, or the secret of WHOOP is.
pub fn application(settings: &Settings, database: &Database) -> Result<Spotter, Failure> {
    let key = signing_key(settings)?;
    let mut limits = HashingLimits::default();
    if let Some(at_once) = settings.auth.hashes_at_once {
        limits.at_once = at_once;
    }
    let hasher =
        Argon2Hasher::new(limits).map_err(|error| Failure::other("passwords can't be hashed", error))?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let limiter = || -> Arc<dyn RateLimiter> { Arc::new(MemoryRateLimiter::new(Arc::clone(&clock))) };
    let limiter = settings.limits.enabled.then(limiter);
    let database = Arc::new(database.clone());
    let ports = Ports {
        store: database.clone(),
        accounts: database.clone(),
        clubs: database.clone(),
        events: database.clone(),
        registrations: database.clone(),
        waitlists: database.clone(),
        exercises: database.clone(),
        workouts: database.clone(),
        progress: database.clone(),
        wearables: database,
        clock,
        ids: Arc::new(UuidV7Generator),
        hasher: Arc::new(hasher),
        tokens: Arc::new(PasetoIssuer::new(&key)),
        vault: Arc::new(KeyedVault::new(&key)),
        whoop: whoop(settings)?,
        limiter,
    };
    let embedded = embedded_file(settings.database.url.expose_secret()).is_some();
    Ok(Spotter::with_desks(ports, settings.desk.for_application(embedded)))
}

/// Looks for what is wrong with the settings, before anything is reached that takes time.
///
/// # Errors
///
/// [`Failure::Usage`] when the address of the database is none, the secret of WHOOP is empty, or the signing
/// key is no good or is missing where none can be made.
pub fn check(settings: &Settings) -> Result<(), Failure> {
    check_address(settings)?;
    check_desk(settings)?;
    whoop(settings)?;
    match &settings.auth.signing_key {
        Some(key) => SigningKey::parse(key.clone()).map(drop).map_err(wrong_key),
        None => embedded_file(settings.database.url.expose_secret()).map(drop).ok_or_else(missing_key),
    }
}

fn check_address(settings: &Settings) -> Result<(), Failure> {
    let url = settings.database.url.expose_secret();
    if !(url.starts_with("sqlite:") || url.starts_with("postgres:") || url.starts_with("postgresql:")) {
        let hint = "it takes sqlite://file or postgres://user@host/name";
        return Err(Failure::Usage(format!("the setting `database.url` is wrong: {hint}")));
    }
    Ok(())
}

fn check_desk(settings: &Settings) -> Result<(), Failure> {
    let DeskSettings { shards, largest_batch, longest_queue, patience_ms } = &settings.desk;
    let nothing = [
        ("shards", *shards == Some(0)),
        ("largest_batch", *largest_batch == 0),
        ("longest_queue", *longest_queue == 0),
        ("patience_ms", *patience_ms == 0),
    ];
    match nothing.iter().find(|(_, is_nothing)| *is_nothing) {
        None => Ok(()),
        Some((name, _)) => {
            Err(Failure::Usage(format!("the setting `desk.{name}` is wrong: it must be at least 1")))
        }
    }
}

/// What recognises WHOOP, where a secret is shared with it.
fn whoop(settings: &Settings) -> Result<Option<Arc<dyn WebhookVerifier>>, Failure> {
    let Some(secret) = &settings.wearables.whoop_secret else { return Ok(None) };
    match WhoopVerifier::new(secret) {
        Ok(verifier) => Ok(Some(Arc::new(verifier))),
        Err(error) => Err(Failure::Usage(format!("the setting `wearables.whoop_secret` is wrong: {error}"))),
    }
}

fn wrong_key(error: KeyError) -> Failure {
    Failure::Usage(format!("the setting `auth.signing_key` is wrong: {error}"))
}

fn missing_key() -> Failure {
    Failure::Usage(
        "set SPOTTER_AUTH__SIGNING_KEY to at least 32 random characters, the same on every node: \
         with PostgreSQL there is no place to keep one"
            .to_owned(),
    )
}

/// The key of the settings, or on the embedded database the one kept beside it.
fn signing_key(settings: &Settings) -> Result<SigningKey, Failure> {
    if let Some(key) = &settings.auth.signing_key {
        return SigningKey::parse(key.clone()).map_err(wrong_key);
    }
    match embedded_file(settings.database.url.expose_secret()) {
        Some(file) => key_file::read_or_make(&key_file::path_beside(&file)),
        None => Err(missing_key()),
    }
}

/// The file of an embedded database.
fn embedded_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    Some(Path::new(path).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_kept_beside_the_embedded_database() {
        assert_eq!(embedded_file("sqlite://data/spotter.db"), Some(PathBuf::from("data/spotter.db")));
        assert_eq!(embedded_file("sqlite:///var/s.db?mode=rwc"), Some(PathBuf::from("/var/s.db")));
        assert_eq!(embedded_file("postgres://db/spotter"), None);
    }

    #[test]
    fn an_empty_secret_is_a_wrong_setting_and_none_is_not() {
        let mut settings = Settings::default();
        assert!(whoop(&settings).is_ok_and(|verifier| verifier.is_none()));
        settings.wearables.whoop_secret = Some("shared".into());
        assert!(whoop(&settings).is_ok_and(|verifier| verifier.is_some()));
        settings.wearables.whoop_secret = Some("".into());
        assert!(matches!(check(&settings), Err(Failure::Usage(text)) if text.contains("whoop_secret")));
    }

    #[test]
    fn a_desk_that_serves_nobody_is_a_wrong_setting() {
        let wrong = |change: fn(&mut DeskSettings)| {
            let mut settings = Settings::default();
            change(&mut settings.desk);
            matches!(check(&settings), Err(Failure::Usage(text)) if text.contains("desk."))
        };
        assert!(!wrong(|_| {}));
        assert!(wrong(|desk| desk.shards = Some(0)) && wrong(|desk| desk.largest_batch = 0));
        assert!(wrong(|desk| desk.longest_queue = 0) && wrong(|desk| desk.patience_ms = 0));
    }

    #[test]
    fn postgresql_without_a_key_is_a_wrong_setting() {
        let mut settings = Settings::default();
        settings.database.url = "postgres://localhost/spotter".into();
        assert!(matches!(signing_key(&settings), Err(Failure::Usage(_))));
        assert!(matches!(check(&settings), Err(Failure::Usage(_))));
        settings.auth.signing_key = Some("too short".into());
        assert!(matches!(signing_key(&settings), Err(Failure::Usage(_))));
    }
}
