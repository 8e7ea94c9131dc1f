//! Being asked to stop: noticed from the first moment on, so that everything started is taken down.

use rustix::process::Signal;
use tokio::signal::unix::{self, SignalKind};

/// Ctrl-C and `SIGTERM`, which no longer end the process by themselves once this exists.
#[derive(Debug)]
pub(crate) struct Interrupt {
    interrupt: unix::Signal,
    terminate: unix::Signal,
}

impl Interrupt {
    /// # Errors
    ///
    /// When the system doesn't let signals be listened to.
    pub(crate) fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: unix::signal(SignalKind::interrupt())?,
            terminate: unix::signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next one. One that came before this call counts.
    pub(crate) async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::INT,
            _ = self.terminate.recv() => Signal::TERM,
        }
    }
}
