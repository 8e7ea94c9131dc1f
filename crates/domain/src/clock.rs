//! The clock port: the only source of "now".

pub use jiff::Timestamp;

/// Tells the time.
///
/// Implementations round down to whole microseconds, the precision that both databases keep, so that a
/// time read back equals the time written.
pub trait Clock: Send + Sync {
    /// The present instant, in whole microseconds.
    fn now(&self) -> Timestamp;
}
