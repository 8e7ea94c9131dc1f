//! Disposable services: a real PostgreSQL and a real Redis for the tests, found or started, then taken down.
//!
//! For each service four ways are tried, in this order:
//!
//! 1. the URL in `SPOTTER_TEST_DATABASE_URL` or `SPOTTER_TEST_REDIS_URL`;
//! 2. Docker, when a daemon answers at once;
//! 3. the server's programs on this machine;
//! 4. the same, installed with apt, as root on Debian.
//!
//! A service that the environment names but that doesn't answer is an error: whoever named it means it. What
//! was started here ends with [`Services`], and with the process however it ends.

mod apt;
mod cluster;
mod docker;
mod environment;
mod error;
mod postgres;
pub mod process;
mod programs;
mod readiness;
mod redis;
mod running;
mod scratch;

pub use cluster::Cluster;
pub use environment::{DATABASE_URL, REDIS_URL};
pub use error::ServicesError;
pub use readiness::{free_port, wait_for_port};
pub use running::{Provenance, Running};

/// What a database survives; the less, the quicker it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// Nothing is flushed to disk: right for every test that doesn't kill the database.
    #[default]
    Fast,
    /// A commit has left the server's own memory before it is answered: right for a test that kills the database,
    /// since what was handed to the operating system outlives that. No waiting for the disk, also upon recovery.
    SurvivesKill,
    /// A commit is on disk before it is answered, as in production.
    Durable,
}

/// Which services a test run needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    postgres: Option<Durability>,
    redis: Option<Durability>,
}

impl Wanted {
    /// PostgreSQL and Redis.
    #[must_use]
    pub fn all() -> Self {
        Self { postgres: Some(Durability::Fast), redis: Some(Durability::Fast) }
    }

    /// PostgreSQL alone.
    #[must_use]
    pub fn postgres() -> Self {
        Self { redis: None, ..Self::all() }
    }

    /// Redis alone.
    #[must_use]
    pub fn redis() -> Self {
        Self { postgres: None, ..Self::all() }
    }

    /// The same services, each as durable as said. What the environment names stays as it is.
    #[must_use]
    pub fn with_durability(self, durability: Durability) -> Self {
        Self { postgres: self.postgres.map(|_| durability), redis: self.redis.map(|_| durability) }
    }
}

/// Running services. Dropped, they are taken down, unless the environment named them.
#[derive(Debug)]
pub struct Services {
    postgres: Option<Running>,
    redis: Option<Running>,
}

impl Services {
    /// Finds or starts what is wanted and waits until it answers.
    ///
    /// Blocks the calling thread, for minutes if something has to be fetched first. May be called inside an
    /// async runtime.
    ///
    /// # Errors
    ///
    /// When a service is to be had in none of the four ways, or the environment names one that is silent.
    pub fn start(wanted: Wanted) -> Result<Self, ServicesError> {
        let postgres = wanted.postgres.map(find_postgres).transpose()?;
        let redis = wanted.redis.map(find_redis).transpose()?;
        Ok(Self { postgres, redis })
    }

    /// PostgreSQL, if it was wanted.
    #[must_use]
    pub fn postgres(&self) -> Option<&Running> {
        self.postgres.as_ref()
    }

    /// Redis, if it was wanted.
    #[must_use]
    pub fn redis(&self) -> Option<&Running> {
        self.redis.as_ref()
    }

    /// The variables under which tests look for these services, and their values.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let postgres = self.postgres.iter().map(|running| (DATABASE_URL, running.url()));
        postgres.chain(self.redis.iter().map(|running| (REDIS_URL, running.url())))
    }
}

fn find_postgres(durability: Durability) -> Result<Running, ServicesError> {
    if let Some(running) = environment::postgres()? {
        return Ok(running);
    }
    first_of(
        "PostgreSQL",
        DATABASE_URL,
        [
            ("Docker", &|| docker::postgres(durability)),
            ("a PostgreSQL on this machine", &|| postgres::start(durability, Provenance::Machine)),
            ("apt", &|| {
                apt::install("postgresql")?;
                postgres::start(durability, Provenance::Installed)
            }),
        ],
    )
}

fn find_redis(durability: Durability) -> Result<Running, ServicesError> {
    if let Some(running) = environment::redis()? {
        return Ok(running);
    }
    first_of(
        "Redis",
        REDIS_URL,
        [
            ("Docker", &|| docker::redis(durability)),
            ("a Redis on this machine", &|| redis::start(durability, Provenance::Machine)),
            ("apt", &|| {
                apt::install("redis-server")?;
                redis::start(durability, Provenance::Installed)
            }),
        ],
    )
}

/// A way to a service: what it is called, and how to go it.
type Way<'a> = (&'static str, &'a dyn Fn() -> Result<Running, error::Declined>);

fn first_of(
    service: &'static str,
    variable: &'static str,
    ways: [Way<'_>; 3],
) -> Result<Running, ServicesError> {
    let mut tried = Vec::with_capacity(ways.len());
    for (name, way) in ways {
        match way() {
            Ok(running) => return Ok(running),
            Err(declined) => tried.push((name, declined)),
        }
    }
    Err(ServicesError::none_left(service, variable, &tried))
}

#[cfg(test)]
mod tests;
