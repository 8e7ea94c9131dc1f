//! Waiting until a service answers: by asking it, never by guessing how long it takes.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// The oldest PostgreSQL that Spotter supports.
const OLDEST_POSTGRES: i32 = 15;

/// How long one question may take, and the pause before the next.
const QUESTION: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(50);

/// Until when to go on asking, and whether there is still somebody to ask.
pub(super) struct Deadline<'a> {
    at: Instant,
    lost: Box<dyn Fn() -> bool + Send + Sync + 'a>,
}

impl<'a> Deadline<'a> {
    pub(super) fn within(patience: Duration) -> Self {
        Self { at: Instant::now() + patience, lost: Box::new(|| false) }
    }

    /// Gives up early once `lost` says that the service has ended.
    pub(super) fn or_once(self, lost: impl Fn() -> bool + Send + Sync + 'a) -> Self {
        Self { lost: Box::new(lost), ..self }
    }
}

/// Waits for a PostgreSQL and returns what it calls itself.
///
/// # Errors
///
/// What the last attempt failed with, or that it is too old.
pub(super) fn postgres(url: &str, deadline: Deadline<'_>) -> Result<String, String> {
    let (number, version) = block_on(|| until(deadline, || ask_postgres(url)))?;
    if number / 10_000 < OLDEST_POSTGRES {
        return Err(format!("PostgreSQL {version} is older than {OLDEST_POSTGRES}"));
    }
    Ok(format!("PostgreSQL {version}"))
}

/// Waits for a Redis and returns what it is.
///
/// # Errors
///
/// What the last attempt failed with.
pub(super) fn redis(url: &str, deadline: Deadline<'_>) -> Result<String, String> {
    let address = redis_address(url).ok_or("not the address of a Redis")?;
    block_on(|| until(deadline, || ask_redis(&address)))?;
    Ok("Redis".to_owned())
}

/// Waits until something accepts connections on a port of the loopback address.
///
/// # Errors
///
/// When nothing did within `patience`, or `lost` said that it has ended.
pub fn wait_for_port(
    port: u16,
    patience: Duration,
    lost: impl Fn() -> bool + Send + Sync,
) -> Result<(), String> {
    let deadline = Deadline::within(patience).or_once(lost);
    block_on(|| {
        until(deadline, || async move {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.map(drop).map_err(|error| error.to_string())
        })
    })
}

/// A port of the loopback address that nobody uses at this moment.
///
/// # Errors
///
/// When the system has none left.
pub fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

async fn until<T, Asking>(deadline: Deadline<'_>, ask: impl Fn() -> Asking) -> Result<T, String>
where
    Asking: Future<Output = Result<T, String>>,
{
    loop {
        let reason = match timeout(QUESTION, ask()).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(reason)) => reason,
            Err(_) => "no answer".to_owned(),
        };
        if (deadline.lost)() {
            return Err(format!("it ended while it was starting ({reason})"));
        }
        if Instant::now() >= deadline.at {
            return Err(reason);
        }
        sleep(PAUSE).await;
    }
}

async fn ask_postgres(url: &str) -> Result<(i32, String), String> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).connect_timeout(QUESTION).acquire_timeout(QUESTION).sqlx_logging(false);
    let connection = Database::connect(options).await.map_err(|error| error.to_string())?;
    let answer = version_of(&connection).await.map_err(|error| error.to_string());
    // Nothing depends on a tidy goodbye.
    let _ = connection.close().await;
    answer
}

async fn version_of(connection: &DatabaseConnection) -> Result<(i32, String), DbErr> {
    let question = "SELECT current_setting('server_version_num')::int4 AS number, \
                    current_setting('server_version') AS version";
    let row = connection
        .query_one_raw(Statement::from_string(DbBackend::Postgres, question))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("server_version".to_owned()))?;
    Ok((row.try_get("", "number")?, row.try_get("", "version")?))
}

/// An inline `PING`. A demand for a password is an answer too: it comes from a Redis that is up.
async fn ask_redis(address: &str) -> Result<(), String> {
    let talk = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(b"PING\r\n").await?;
        let mut answer = [0; 64];
        let length = stream.read(&mut answer).await?;
        io::Result::Ok(String::from_utf8_lossy(&answer[..length]).into_owned())
    };
    match talk.await {
        Ok(answer) if answer.starts_with("+PONG") || answer.starts_with("-NOAUTH") => Ok(()),
        Ok(answer) => Err(format!("it answered {:?}", answer.lines().next().unwrap_or_default())),
        Err(error) => Err(error.to_string()),
    }
}

/// `host:port` of the first node that a Redis URL names.
fn redis_address(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !scheme.starts_with("redis") {
        return None;
    }
    let authority = rest.split(['/', '?']).next()?;
    let nodes = authority.rsplit('@').next()?;
    let node = nodes.split(',').next().filter(|node| !node.is_empty())?;
    let has_port = node.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    Some(if has_port { node.to_owned() } else { format!("{node}:6379") })
}

/// Runs a future to its end on a thread of its own, because this one may already belong to a runtime.
fn block_on<T: Send, Asking: Future<Output = Result<T, String>>>(
    ask: impl FnOnce() -> Asking + Send,
) -> Result<T, String> {
    let on_own_thread = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        runtime.block_on(ask())
    };
    std::thread::scope(|scope| {
        scope.spawn(on_own_thread).join().unwrap_or_else(|_| Err("the question panicked".to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::redis_address;

    #[test]
    fn the_first_node_of_a_redis_url_is_found() {
        assert_eq!(redis_address("redis://127.0.0.1:6380/2").as_deref(), Some("127.0.0.1:6380"));
        assert_eq!(redis_address("redis://user:p%40ss@cache").as_deref(), Some("cache:6379"));
        assert_eq!(redis_address("redis-cluster://a:1,b:2").as_deref(), Some("a:1"));
        assert_eq!(redis_address("rediss://[::1]:7000").as_deref(), Some("[::1]:7000"));
        assert_eq!(redis_address("http://cache"), None);
    }
}
