//! What every worker shares: the application, the monitors and the settings.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use spotter_application::Spotter;
use spotter_application::operations::DatabaseMonitor;
use spotter_domain::rate_limit::RatePolicy;

/// How the interface behaves.
#[derive(Clone, Debug, Default)]
pub struct HttpSettings {
    /// Whether answers tell, in `Server-Timing`, how many statements they took and how long.
    pub server_timing: bool,
    /// How often one caller may use the interface; without it, or without a limiter, nothing is limited.
    pub request_limits: Option<RatePolicy>,
    /// Whether the last entry of `X-Forwarded-For` is believed: only behind a proxy that sets it.
    pub trust_forwarded_for: bool,
}

/// What the interface needs. Cloning it shares it.
#[derive(Clone)]
pub struct HttpState {
    /// The application.
    pub spotter: Spotter,
    /// Watches the database.
    pub monitor: Arc<dyn DatabaseMonitor>,
    /// Whether the process takes work.
    pub readiness: Readiness,
    /// How the interface behaves.
    pub settings: HttpSettings,
}

/// Whether the process takes work, shared by whoever says so and whoever asks. With it goes what can be seen
/// of the process from outside: since when it runs and what it has answered.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<Process>);

/// The phases of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It migrates, connects, warms up.
    Starting,
    /// It takes work.
    Ready,
    /// It finishes what it has and takes nothing new.
    Draining,
}

#[derive(Debug)]
struct Process {
    phase: AtomicU8,
    started: Instant,
    traffic: Arc<Traffic>,
}

impl Default for Process {
    fn default() -> Self {
        Self { phase: AtomicU8::new(Phase::Starting as u8), started: Instant::now(), traffic: Arc::default() }
    }
}

impl Phase {
    /// The word that is sent.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Ready => "ready",
            Self::Draining => "draining",
        }
    }
}

impl Readiness {
    /// From now on the process takes work.
    pub fn ready(&self) {
        self.0.phase.store(Phase::Ready as u8, Ordering::Release);
    }

    /// From now on the process finishes what it has and takes nothing new.
    pub fn draining(&self) {
        self.0.phase.store(Phase::Draining as u8, Ordering::Release);
    }

    pub(crate) fn phase(&self) -> Phase {
        match self.0.phase.load(Ordering::Acquire) {
            0 => Phase::Starting,
            1 => Phase::Ready,
            _ => Phase::Draining,
        }
    }

    pub(crate) fn uptime(&self) -> Duration {
        self.0.started.elapsed()
    }

    pub(crate) fn traffic(&self) -> &Arc<Traffic> {
        &self.0.traffic
    }
}

/// The requests since the start.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    in_flight: AtomicU64,
    by_class: [AtomicU64; 5],
}

/// A request that is being worked on, until it is dropped.
pub(crate) struct InFlight(Arc<Traffic>);

impl Traffic {
    pub(crate) fn enter(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(Arc::clone(self))
    }

    pub(crate) fn count(&self, status: StatusCode) {
        if let Some(class) = self.by_class.get(usize::from(status.as_u16() / 100).saturating_sub(1)) {
            class.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn in_flight(&self) -> u64 {
        self.in_flight.load(Ordering::Relaxed)
    }

    /// The answered requests whose status began with one, two, and so on to five.
    pub(crate) fn by_class(&self) -> [u64; 5] {
        self.by_class.each_ref().map(|class| class.load(Ordering::Relaxed))
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traffic_is_counted_by_class_and_released() {
        let traffic = Arc::new(Traffic::default());
        let request = traffic.enter();
        assert_eq!(traffic.in_flight(), 1);
        traffic.count(StatusCode::CREATED);
        traffic.count(StatusCode::NOT_FOUND);
        drop(request);
        assert_eq!((traffic.in_flight(), traffic.by_class()), (0, [0, 1, 0, 1, 0]));
    }

    #[test]
    fn readiness_is_shared_by_its_clones() {
        let readiness = Readiness::default();
        assert_eq!(readiness.phase(), Phase::Starting);
        readiness.clone().ready();
        assert_eq!(readiness.phase(), Phase::Ready);
        readiness.clone().draining();
        assert_eq!(readiness.phase(), Phase::Draining);
    }
}
