//! Delivering what was announced: handlers, and the relay that takes messages out of the outbox to them.

mod handler;
mod numbers;
mod relay;
mod turn;

pub use handler::{Handler, NotHandled};
pub use numbers::RelayNumbers;
pub use relay::{Hint, Relay, RelaySettings};
pub use turn::Turn;
