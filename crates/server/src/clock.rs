//! The ambient clock and identifiers: the only place outside of tests where they are read.

use jiff::Timestamp;
use spotter_domain::{Clock, IdGenerator};
use uuid::Uuid;

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock that everybody else is to use")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// Identifiers of UUID version 7, growing within this process also inside one millisecond.
#[derive(Clone, Copy, Debug, Default)]
pub struct UuidV7Generator;

impl IdGenerator for UuidV7Generator {
    #[expect(clippy::disallowed_methods, reason = "this is the IdGenerator that everybody else is to use")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
