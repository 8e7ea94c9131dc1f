//! Listening, and stopping without dropping anybody.

use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::Server;
use spotter_application::Spotter;
use spotter_domain::rate_limit::RatePolicy;
use spotter_http::{HttpState, Readiness};
use spotter_persistence::Database;
use tokio::signal::unix::{SignalKind, signal};

use crate::exit::Failure;
use crate::settings::{HttpSettings, Settings};

/// So long before the grace period ends, whoever still waits is told that it was in vain.
const LAST_CALL: Duration = Duration::from_millis(250);

/// Takes the address before anything is changed that could be in vain.
///
/// # Errors
///
/// [`Failure::Other`] when it is taken or not ours.
pub fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).map_err(|error| {
        Failure::Other(format!("can't listen on {address} (see the setting `http.address`): {error}"))
    })
}

/// The server, not running yet. Whoever runs it decides when it stops.
///
/// # Errors
///
/// [`Failure::Other`] when the socket can't be listened on.
pub fn server(state: &HttpState, listener: TcpListener, settings: &HttpSettings) -> Result<Server, Failure> {
    let state = state.clone();
    let mut server = HttpServer::new(move || spotter_http::app(&state))
        .disable_signals()
        .shutdown_timeout(settings.shutdown_grace_s)
        // Whoever closes the connection has left: what they asked for need not be begun any more.
        .h1_allow_half_closed(false)
        .client_request_timeout(Duration::from_secs(30));
    if let Some(workers) = settings.workers {
        server = server.workers(workers.max(1));
    }
    let listening = server.listen(listener).map_err(|error| Failure::other("can't listen", error))?;
    Ok(listening.run())
}

/// Answers requests until SIGINT or SIGTERM: then takes no more, and finishes what is in flight within the
/// grace period. `announce` is told the address once requests are answered.
///
/// # Errors
///
/// [`Failure`] when it can't listen, or the server ends by itself.
pub async fn run(
    settings: &Settings,
    spotter: Spotter,
    database: &Database,
    listener: TcpListener,
    announce: impl FnOnce(SocketAddr),
) -> Result<(), Failure> {
    let told = |error: std::io::Error| Failure::other("can't listen", error);
    let address = listener.local_addr().map_err(told)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(told)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(told)?;
    let readiness = Readiness::default();
    let state = HttpState {
        spotter: spotter.clone(),
        monitor: Arc::new(database.clone()),
        readiness: readiness.clone(),
        settings: spotter_http::HttpSettings {
            server_timing: settings.http.server_timing,
            trust_forwarded_for: settings.http.trust_forwarded_for,
            request_limits: settings.limits.enabled.then(|| RatePolicy {
                name: "default",
                quota: settings.limits.requests_per_minute,
                window: Duration::from_mins(1),
            }),
        },
    };
    let server = server(&state, listener, &settings.http)?;
    let handle = server.handle();
    let mut serving = tokio::spawn(server);
    readiness.ready();
    announce(address);
    tracing::info!(%address, "listening");
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        ended = &mut serving => {
            let cause = match ended {
                Ok(Ok(())) => "it stopped by itself".to_owned(),
                Ok(Err(error)) => error.to_string(),
                Err(error) => error.to_string(),
            };
            return Err(Failure::other("the server ended", cause));
        }
    }
    readiness.draining();
    tracing::info!(
        grace_s = settings.http.shutdown_grace_s,
        "stopping: no new requests, finishing those in flight"
    );
    let grace = Duration::from_secs(settings.http.shutdown_grace_s);
    let mut stopping = pin!(handle.stop(true));
    tokio::select! {
        () = &mut stopping => {}
        () = tokio::time::sleep(grace.saturating_sub(LAST_CALL)) => {
            // Whoever waits at a desk is told, before the connections are cut.
            spotter.send_away();
            stopping.await;
        }
    }
    // A batch of those who have left may still be at work.
    spotter.send_away();
    Ok(())
}
