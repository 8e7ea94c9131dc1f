//! Waiting for something to become true, with a deadline.

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

/// How often is looked.
const TICK: Duration = Duration::from_millis(10);

/// Looks again and again until there is something to be seen, and answers with it.
///
/// Fails the test when `within` has passed.
pub(crate) async fn until<T, F>(what: &str, within: Duration, mut look: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let mut tick = ticks(TICK);
    let looking = async {
        loop {
            tick.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    };
    let Ok(found) = timeout(within, looking).await else { panic!("{what}: not within {within:?}") };
    found
}

/// Ticks that keep their distance, also after one that was late.
pub(crate) fn ticks(every: Duration) -> Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}
